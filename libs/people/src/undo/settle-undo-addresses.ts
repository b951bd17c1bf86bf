import type { Tx } from '#database';
import { assignAddresses, type AddressWish } from '../decisions/assign-addresses.js';
import type { AccountRow, Situation } from '../decisions/situation.js';
import { accountAfter } from './account-after.js';
import type { PersonReversal } from './reverse-effects.js';

/** Who can have back the address from before. */
export interface UndoAddresses {
  /** People who need none, or whose address is free by then. */
  readonly settled: ReadonlySet<string>;
  /** Accounts that end as if they had never been, and whose address one of the others gets back. */
  readonly givenUp: ReadonlySet<string>;
}

/**
 * Who gets which address when all of this is taken back at once: swaps and chains between these people resolve, what somebody else
 * took meanwhile stays theirs. A later batch of the same undo counts as somebody else.
 */
export async function settleUndoAddresses(
  tx: Tx,
  organisationId: string,
  people: readonly { readonly situation: Situation; readonly reversal: PersonReversal }[],
): Promise<UndoAddresses> {
  const moves = people.flatMap(({ situation: { entraObjectId, account }, reversal: { reversals } }) =>
    account === null || reversals.length === 0 ? [] : [{ entraObjectId, account, after: accountAfter(account, reversals) }],
  );
  const wishes = moves.flatMap(({ account: { id, claim }, after }): AddressWish[] =>
    after.claim === null || after.claim === claim ? [] : [{ id, wanted: after.claim, holds: claim }],
  );
  const isWanted = (claim: string | null) => wishes.some(({ wanted }) => wanted === claim);
  const givenUp = new Set(
    moves.filter(({ account, after }) => isUndone(after) && isWanted(account.claim)).map(({ account }) => account.id),
  );
  const claims = await tx.query<{ email_key: string; account_id: string }>(
    'SELECT email_key, account_id FROM people.email_claims WHERE organisation_id = $1 AND email_key = ANY ($2::text[])',
    [organisationId, wishes.map(({ wanted }) => wanted)],
  );
  const holders = claims
    .filter((claim) => !givenUp.has(claim.account_id))
    .map((claim) => [claim.email_key, claim.account_id] as const);
  const granted = assignAddresses(wishes, new Map(holders));
  const refused = new Set(wishes.filter(({ id }) => !granted.has(id)).map(({ id }) => id));
  return {
    settled: new Set(
      people
        .filter(({ situation: { account } }) => account === null || !refused.has(account.id))
        .map(({ situation }) => situation.entraObjectId),
    ),
    givenUp,
  };
}

/** It was made by what is undone. */
function isUndone({ isOut, outCode }: AccountRow): boolean {
  return isOut && outCode === 'UNDONE';
}
