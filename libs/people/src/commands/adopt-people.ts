import { lockOrganisation, type Tx } from '#database';

/** Tables whose rows follow the people of a connection; their keys all begin with it. */
const FOLLOWING = ['grants', 'held_changes', 'pins', 'guard_trips', 'journal'] as const;

/**
 * Hands the people of disconnected connections to a new one of the same tenant, so that it finds the accounts it once made. A
 * connection that came back itself, `to`, is no longer one whose accounts are to go. Where
 * several of them know a person, the first one named holds. Answers how many accounts came along.
 */
export async function adoptPeople(tx: Tx, organisationId: string, from: readonly string[], to: string): Promise<number> {
  await lockOrganisation(tx, organisationId);
  let adopted = 0;
  for (const connectionId of from) {
    const params = [organisationId, connectionId, to];
    await tx.query(moveUnlessKnown('groups', 'group_id'), params);
    await tx.query(moveUnlessKnown('persons', 'entra_object_id'), params);
    await tx.query(moveUnlessKnown('memberships', 'group_id', 'member_id'), params);
    const accounts = await tx.query(moveUnlessKnown('accounts', 'entra_object_id'), params);
    for (const table of FOLLOWING) await tx.query(follow(table), params);
    adopted += accounts.length;
  }
  await tx.query('DELETE FROM people.disbanded_connections WHERE organisation_id = $1 AND connection_id = ANY ($2::uuid[])', [
    organisationId,
    [...from, to],
  ]);
  return adopted;
}

function moveUnlessKnown(table: string, ...key: readonly string[]): string {
  const same = key.map((column) => `known.${column} = t.${column}`).join(' AND ');
  return `UPDATE people.${table} t SET connection_id = $3 WHERE t.organisation_id = $1 AND t.connection_id = $2
            AND NOT EXISTS (SELECT 1 FROM people.${table} known WHERE known.connection_id = $3 AND ${same}) RETURNING 1`;
}

/** What belongs to a person goes where the person's account went; what belongs to nobody goes along. */
function follow(table: (typeof FOLLOWING)[number]): string {
  if (table === 'guard_trips')
    return `UPDATE people.guard_trips SET ended_at = now() WHERE organisation_id = $1 AND connection_id = $2 AND ended_at IS NULL AND $3::uuid IS NOT NULL`;
  return `UPDATE people.${table} t SET connection_id = $3 WHERE t.organisation_id = $1 AND t.connection_id = $2
            AND NOT EXISTS (SELECT 1 FROM people.accounts a WHERE a.connection_id = $2 AND a.entra_object_id = t.entra_object_id)`;
}
