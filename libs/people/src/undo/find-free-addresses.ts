import type { Tx } from '#database';
import type { Situation } from '../decisions/situation.js';
import { accountAfter } from './account-after.js';
import type { PersonReversal } from './reverse-effects.js';

/** People whose address after the undo belongs to nobody else: neither to somebody outside nor to another one of them. */
export async function findFreeAddresses(
  tx: Tx,
  organisationId: string,
  people: readonly { readonly situation: Situation; readonly reversal: PersonReversal }[],
): Promise<ReadonlySet<string>> {
  const claims = people.map(({ situation, reversal }) => {
    const claim = situation.account === null ? null : accountAfter(situation.account, reversal.reversals).claim;
    return { person: situation.entraObjectId, accountId: situation.account?.id ?? null, claim };
  });
  const holders = await tx.query<{ email_key: string; account_id: string }>(
    'SELECT email_key, account_id FROM people.email_claims WHERE organisation_id = $1 AND email_key = ANY ($2::text[])',
    [organisationId, claims.flatMap(({ claim }) => claim ?? [])],
  );
  const holderOf = new Map(holders.map(({ email_key, account_id }) => [email_key, account_id]));
  const taken = new Map<string, string | null>();
  const free = claims.filter(({ claim, accountId }) => {
    if (claim === null) return true;
    const holder = holderOf.get(claim) ?? taken.get(claim);
    taken.set(claim, accountId);
    return holder === undefined || holder === accountId;
  });
  return new Set(free.map(({ person }) => person));
}
