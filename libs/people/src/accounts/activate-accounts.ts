import type { Actor } from '#connections';
import { lockOrganisation, type Tx } from '#database';
import type { CommandTools } from '../commands/command-tools.js';
import { recordStatuses, type StatusChange, type StatusRow } from './record-statuses.js';

const ACTIVATED: StatusChange = {
  type: 'rollcall.account.activated',
  before: 'inactive',
  after: 'active',
  action: 'accounts.activate',
};

/**
 * Activates those of the accounts that are inactive, and answers how many. Deactivated ones stay so: they come back when the
 * directory says so, or one by one by `patchAccount`. Repeating it activates nobody twice.
 */
export async function activateAccounts(tx: Tx, tools: CommandTools, actor: Actor, ids: readonly string[]): Promise<number> {
  await lockOrganisation(tx, actor.organisationId);
  const now = tools.clock();
  const rows = await tx.query<StatusRow>(ACTIVATE, [actor.organisationId, ids, now]);
  return recordStatuses(tx, tools, actor, rows, { change: ACTIVATED, now });
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
