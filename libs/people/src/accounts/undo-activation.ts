import type { Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import type { CommandTools } from '../commands/command-tools.js';
import { recordStatuses, type StatusChange, type StatusRow } from './record-statuses.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

const SET_INACTIVE: StatusChange = {
  type: 'rollcall.account.updated',
  before: 'active',
  after: 'inactive',
  action: 'accounts.activate.undo',
};

/**
 * Takes back the newest activation that this actor made among these accounts, within a day, and answers how many are inactive again.
 * Left out is who was not activated by it, and whose status anybody changed since. Repeating it takes nothing more back.
 */
export async function undoActivation(tx: Tx, tools: CommandTools, actor: Actor, ids: readonly string[]): Promise<number> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const since = new Date(now.getTime() - DAY_MS);
  const rows = await tx.query<StatusRow>(RESET, [actor.organisationId, ids, now, actor.id, since]);
  return recordStatuses(tx, tools, actor, rows, { change: SET_INACTIVE, now });
}

// All entries of one activation have one time: it is one commit. An older one is not taken back because the newest is already.
const RESET = `
  WITH activated AS (
    SELECT account_id, seq, applied_at FROM people.journal
     WHERE account_id = ANY ($2::uuid[]) AND organisation_id = $1 AND type = 'rollcall.account.activated'
       AND cause_kind = 'person' AND cause_id = $4 AND applied_at > $5
  ), reset AS (
    UPDATE people.accounts a SET own_status = 'inactive', updated_at = $3
      FROM activated
     WHERE a.id = activated.account_id AND activated.applied_at = (SELECT max(applied_at) FROM activated)
       AND a.organisation_id = $1 AND a.status = 'active'
       AND NOT EXISTS (SELECT 1 FROM people.journal later
                        WHERE later.account_id = activated.account_id AND later.seq > activated.seq
                          AND (later.after ? 'status' OR later.type IN ('rollcall.account.deactivated', 'rollcall.account.reactivated')))
    RETURNING a.id, a.connection_id, a.entra_object_id
  )
  UPDATE people.persons p SET revision = p.revision + 1, updated_at = $3
    FROM reset r
   WHERE p.connection_id = r.connection_id AND p.entra_object_id = r.entra_object_id
  RETURNING r.id, r.connection_id, r.entra_object_id, p.revision`;
