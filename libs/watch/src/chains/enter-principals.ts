import type { MembershipItem } from '#contracts';
import type { Tx } from '#database';
import { addPrincipals } from '../principals/add-principals.js';
import type { ClaimedChain } from './chain.js';

/**
 * People whom these additions name become principals with the same commit; their attributes are read right after it. That they are
 * read once more when `settle` has passed is asked for by whoever applies the page (invariant 2b).
 */
export async function enterPrincipals(
  tx: Tx,
  { connectionId, noticedAt }: ClaimedChain,
  additions: readonly { readonly groupId: string; readonly item: MembershipItem }[],
): Promise<void> {
  const people = additions.filter(({ item }) => item.memberType === 'user');
  await addPrincipals(
    tx,
    connectionId,
    people.map(({ groupId, item }) => ({ objectId: item.memberId, groupId })),
    { noticedAt },
  );
}
