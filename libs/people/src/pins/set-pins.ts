import type { Actor } from '#connections';
import type { Clock, OwnedField } from '#contracts';
import type { Tx } from '#database';
import type { PersonKey } from '../decisions/situation.js';

/** An effect that stays against the directory until the tenant changes the fact or an admin lifts the pin. */
export interface NewPin extends PersonKey {
  /** Null: the account as a whole. */
  readonly groupId: string | null;
  readonly keep: 'in' | 'out';
  /** Why the person would be out; only this cause is pinned. Null: any. */
  readonly causeCode: string | null;
  /** A single field, and the value of the directory that it keeps out; absent: the account or the grant. */
  readonly field?: OwnedField;
  readonly refused?: string | null;
  readonly reason: 'REJECTED' | 'UNDONE' | 'BY_HAND';
}

/** Sets pins, each in place of an open one on the same thing. */
export async function setPins(
  tx: Tx,
  { clock, newId }: { readonly clock: Clock; readonly newId: () => string },
  actor: Pick<Actor, 'id' | 'organisationId'>,
  pins: readonly NewPin[],
): Promise<void> {
  if (pins.length === 0) return;
  const rows = JSON.stringify(pins.map((pin) => ({ ...pin, id: newId() })));
  const now = clock();
  await tx.query(REPLACE, [rows, now, actor.id]);
  await tx.query(INSERT, [rows, actor.organisationId, actor.id, now]);
}

const COLUMNS = `"id" uuid, "connectionId" uuid, "entraObjectId" uuid, "groupId" uuid, "keep" text, "causeCode" text, "reason" text,
  "field" text, "refused" text`;

const REPLACE = `
  UPDATE people.pins p SET state = 'lifted', closed_at = $2, closed_by = $3
    FROM jsonb_to_recordset($1::jsonb) AS r (${COLUMNS})
   WHERE p.connection_id = r."connectionId" AND p.entra_object_id = r."entraObjectId" AND p.group_id IS NOT DISTINCT FROM r."groupId"
     AND p.field IS NOT DISTINCT FROM r."field" AND p.state = 'open'`;

const INSERT = `
  INSERT INTO people.pins (id, organisation_id, connection_id, group_id, entra_object_id, keep, cause_code, reason, field, refused,
         pinned_by, pinned_at)
  SELECT r."id", $2, r."connectionId", r."groupId", r."entraObjectId", r."keep", r."causeCode", r."reason",
         r."field", r."refused", $3, $4
    FROM jsonb_to_recordset($1::jsonb) AS r (${COLUMNS})`;
