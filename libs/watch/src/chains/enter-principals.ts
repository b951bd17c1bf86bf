import type { MembershipItem } from '#contracts';
import type { Tx } from '#database';
import { addPrincipals } from '../principals/add-principals.js';
import { addRechecks } from '../rechecks/add-rechecks.js';
import type { ChainRead } from './chain-read.js';

/**
 * People whom these additions name become principals with the same commit; their attributes are read right after it, and once more
 * when `settle` has passed, since that first read may be older than what users delta said before they were known (invariant 2b).
 */
export async function enterPrincipals(
  tx: Tx,
  { chain, context }: ChainRead,
  additions: readonly { readonly groupId: string; readonly item: MembershipItem }[],
): Promise<void> {
  const named = additions
    .filter(({ item }) => item.memberType === 'user')
    .map(({ groupId, item }) => ({ objectId: item.memberId, groupId }));
  const newcomers = await addPrincipals(tx, chain.connectionId, named, { noticedAt: chain.noticedAt });
  const dueAt = new Date(context.clock().getTime() + context.timings.settleMs);
  await addRechecks(
    tx,
    newcomers.map((memberId) => ({
      organisationId: chain.organisationId,
      connectionId: chain.connectionId,
      kind: 'user',
      groupId: null,
      memberId,
      reason: 'NEW_PRINCIPAL',
      dueAt,
    })),
  );
}
