import { writeAudit, type Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import { causedBy, type CommandTools } from '../commands/command-tools.js';
import type { AccountEffect } from '../journal/effect.js';
import { recordEffects } from '../journal/record-effects.js';

interface ActivatedRow {
  readonly id: string;
  readonly connection_id: string;
  readonly entra_object_id: string;
  readonly revision: number;
}

/**
 * Activates those of the accounts that are inactive, and answers how many. Deactivated ones stay so: they come back when the
 * directory says so, or one by one by `patchAccount`. Repeating it activates nobody twice.
 */
export async function activateAccounts(tx: Tx, tools: CommandTools, actor: Actor, ids: readonly string[]): Promise<number> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const rows = await tx.query<ActivatedRow>(ACTIVATE, [actor.organisationId, ids, now]);
  const effects = rows.map((row): AccountEffect => ({
    organisationId: actor.organisationId,
    connectionId: row.connection_id,
    accountId: row.id,
    entraObjectId: row.entra_object_id,
    groupId: null,
    type: 'rollcall.account.activated',
    before: { status: 'inactive' },
    after: { status: 'active' },
    revision: row.revision,
    guardGroupIds: null,
  }));
  await recordEffects(tx, effects, causedBy(actor), { now, newId: tools.newId });
  if (rows.length > 0)
    await writeAudit(tx, actor, {
      action: 'accounts.activate',
      connectionId: null,
      before: null,
      after: { ids: rows.map(({ id }) => id) },
    });
  return rows.length;
}

const ACTIVATE = `
  WITH activated AS (
    UPDATE people.accounts SET own_status = 'active', updated_at = $3
     WHERE organisation_id = $1 AND id = ANY ($2::uuid[]) AND status = 'inactive'
    RETURNING id, connection_id, entra_object_id
  )
  UPDATE people.persons p SET revision = p.revision + 1, updated_at = $3
    FROM activated a
   WHERE p.connection_id = a.connection_id AND p.entra_object_id = a.entra_object_id
  RETURNING a.id, a.connection_id, a.entra_object_id, p.revision`;
