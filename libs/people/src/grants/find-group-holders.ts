import type { Tx } from '#database';
import type { PersonKey } from '../decisions/situation.js';

/** Everybody whom a group concerns: its members, and those who have its grant. */
export async function findGroupHolders(tx: Tx, connectionId: string, groupId: string): Promise<PersonKey[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT member_id AS id FROM people.memberships WHERE connection_id = $1 AND group_id = $2 AND present
      UNION
     SELECT entra_object_id FROM people.grants WHERE connection_id = $1 AND group_id = $2`,
    [connectionId, groupId],
  );
  return rows.map(({ id }) => ({ connectionId, entraObjectId: id }));
}
