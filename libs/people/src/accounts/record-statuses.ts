import { writeAudit, type Actor } from '#connections';
import type { EffectType } from '#contracts';
import type { Tx } from '#database';
import { causedBy, type CommandTools } from '../commands/command-tools.js';
import type { OwnStatus } from '../decisions/situation.js';
import type { AccountEffect } from '../journal/effect.js';
import { recordEffects } from '../journal/record-effects.js';

/** An account whose status a statement has just written. */
export interface StatusRow {
  readonly id: string;
  readonly connection_id: string;
  readonly entra_object_id: string;
  readonly revision: number;
}

export interface StatusChange {
  readonly type: EffectType;
  readonly before: OwnStatus;
  readonly after: OwnStatus;
  /** Its name in the audit. */
  readonly action: string;
}

/** Journal, events and audit of one status that many accounts were given by hand; answers how many. Nobody is no entry. */
export async function recordStatuses(
  tx: Tx,
  tools: CommandTools,
  actor: Actor,
  rows: readonly StatusRow[],
  { change, now }: { readonly change: StatusChange; readonly now: Date },
): Promise<number> {
  const effects = rows.map((row): AccountEffect => ({
    organisationId: actor.organisationId,
    connectionId: row.connection_id,
    accountId: row.id,
    entraObjectId: row.entra_object_id,
    groupId: null,
    type: change.type,
    before: { status: change.before },
    after: { status: change.after },
    revision: row.revision,
    guardGroupIds: null,
  }));
  await recordEffects(tx, effects, causedBy(actor), { now, newId: tools.newId });
  if (rows.length > 0)
    await writeAudit(tx, actor, {
      action: change.action,
      connectionId: null,
      before: null,
      after: { ids: rows.map(({ id }) => id) },
    });
  return rows.length;
}
