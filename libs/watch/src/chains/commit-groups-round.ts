import type { MembershipItem } from '#contracts';
import { DirectoryPages } from '../pages/directory-pages.js';
import { placesInRound } from '../pages/places-in-round.js';
import { publishPages } from '../pages/publish-pages.js';
import { splitIntoPages } from '../pages/split-into-pages.js';
import { readFacts, type ChainRead } from './chain-read.js';
import { enterPrincipals } from './enter-principals.js';
import { finishChainRead } from './finish-chain-read.js';
import { applyGroupChanges, knownGroups } from './known-groups.js';
import type { GroupsRound, MergedGroup } from './merge-groups-round.js';

/** A merged round has one position (invariant 2). */
const MERGED_PAGE = 0;

/** Commits a whole round at once: outbox pages, principals, new link, chain state. */
export async function commitGroupsRound(read: ChainRead, round: GroupsRound, deltaLink: string): Promise<void> {
  const { context, chain, lease } = read;
  await context.db.transaction(async (tx) => {
    await lease.assert(tx);
    const known = await knownGroups(tx, chain);
    const watched = [...round.groups].filter(([id]) => known.has(id));
    const pages = new DirectoryPages(readFacts(read), MERGED_PAGE);
    const groupChanges = await applyGroupChanges(tx, chain, known, round.groups, pages);
    writeMemberships(pages, watched, `${chain.id}:${read.readNo}`);
    const items = watched.flatMap(([groupId, group]) => membershipItems(group).map((item) => ({ groupId, item })));
    await enterPrincipals(
      tx,
      chain,
      items.filter(({ item }) => item.change === 'added'),
    );
    await publishPages(tx, pages);
    await finishChainRead(tx, read, deltaLink, groupChanges + items.length);
  });
}

export function membershipItems(group: MergedGroup): MembershipItem[] {
  return [...group.members].map(([memberId, member]) => ({
    memberId,
    memberType: member.type,
    change: member.removed ? 'removed' : 'added',
    ...(member.contradicted ? { contradicted: true } : {}),
  }));
}

/**
 * Additions first, of all groups: whoever moves from one to another never stands without. The removals of the round are judged
 * together (invariant 5), so where they need several pages these say so, and provisioning keeps them until the last has come.
 */
function writeMemberships(pages: DirectoryPages, groups: readonly (readonly [string, MergedGroup])[], roundId: string): void {
  const reported = groups.map(([groupId, group]) => ({ groupId, items: membershipItems(group) }));
  for (const { groupId, items } of reported) {
    pages.memberships(
      groupId,
      items.filter(({ change }) => change === 'added'),
    );
  }
  const removals = reported.flatMap(({ groupId, items }) =>
    splitIntoPages(items.filter(({ change }) => change === 'removed')).map((page) => ({ groupId, page })),
  );
  const placeOf = placesInRound(
    roundId,
    removals.map(({ groupId }) => groupId),
  );
  for (const [index, { groupId, page }] of removals.entries()) pages.membershipPage(groupId, page, placeOf(index));
}
