import type { Tx } from '#database';
import type { AddressWish } from './assign-addresses.js';
import type { PersonKey } from './situation.js';

/**
 * People outside the batch whose address depends on it: whoever waits for an address that the batch gives up, and whoever holds an
 * address that the batch wants while waiting for another one (a swap that arrives in two pages).
 */
export async function findAddressNeighbours(
  tx: Tx,
  organisationId: string,
  wishes: readonly AddressWish[],
  alsoFreed: readonly string[],
): Promise<PersonKey[]> {
  const wanted = wishes.map((wish) => wish.wanted);
  const freed = [...wishes.map(({ holds }) => holds).filter((address) => address !== null), ...alsoFreed];
  if (wanted.length === 0 && freed.length === 0) return [];
  const rows = await tx.query<{ connection_id: string; entra_object_id: string }>(NEIGHBOURS, [organisationId, freed, wanted]);
  return rows.map((row) => ({ connectionId: row.connection_id, entraObjectId: row.entra_object_id }));
}

const NEIGHBOURS = `
  SELECT connection_id, entra_object_id
    FROM people.persons
   WHERE organisation_id = $1 AND waiting_email IS NOT NULL AND waiting_email = ANY ($2::text[])
  UNION
  SELECT p.connection_id, p.entra_object_id
    FROM people.email_claims c
         JOIN people.accounts a ON a.id = c.account_id
         JOIN people.persons p ON p.connection_id = a.connection_id AND p.entra_object_id = a.entra_object_id
   WHERE c.organisation_id = $1 AND c.email_key = ANY ($3::text[]) AND p.waiting_email IS NOT NULL`;
