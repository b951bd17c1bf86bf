import type { Tx } from '#database';
import { statusOf, type Situation } from '../decisions/situation.js';
import type { PersonReversal } from './reverse-effects.js';

interface Reversed {
  readonly situation: Situation;
  readonly reversal: PersonReversal;
}

/** The last live super admin stays, with all that would happen to them (invariant 8); two who would go together do not both go. */
export async function spareLastSuperAdmin(tx: Tx, organisationId: string, people: readonly Reversed[]): Promise<Reversed[]> {
  if (!people.some(goesAsSuperAdmin)) return [...people];
  const rows = await tx.query<{ live: number }>(
    `SELECT count(*) AS live FROM people.accounts WHERE organisation_id = $1 AND 'superAdmin' = ANY (roles) AND status <> 'deactivated'`,
    [organisationId],
  );
  let live = rows[0]?.live ?? 0;
  return people.map((person) => {
    if (!goesAsSuperAdmin(person)) return person;
    if (live > 1) {
      live -= 1;
      return person;
    }
    return { ...person, reversal: { reversals: [], leftOut: [{ groupId: null, code: 'LAST_SUPER_ADMIN' }] } };
  });
}

function goesAsSuperAdmin({ situation: { account }, reversal }: Reversed): boolean {
  const goes = reversal.reversals.some(({ type }) => type === 'rollcall.account.deactivated');
  return goes && account !== null && account.roles.includes('superAdmin') && statusOf(account) !== 'deactivated';
}
