import type { GroupsDeltaPage } from '#graph-client';
import { currentTraceparent } from '#tracing';
import { DirectoryPages } from '../pages/directory-pages.js';
import { publishPages } from '../pages/publish-pages.js';
import { readFacts, type ChainRead } from './chain-read.js';
import { membershipItems } from './commit-groups-round.js';
import { enterPrincipals } from './enter-principals.js';
import { finishChainRead } from './finish-chain-read.js';
import { applyGroupChanges, knownGroups } from './known-groups.js';
import type { GroupsRound } from './merge-groups-round.js';
import { publishStagedRemovals } from './publish-staged-removals.js';
import { stageMembers } from './stage-members.js';

/**
 * Commits what a long round reported since its last commit: additions are published, removals staged with their own version, and
 * the next link becomes the resume point. The old link stays until the round is complete.
 */
export async function commitGroupsSlice(read: ChainRead, slice: GroupsRound, page: GroupsDeltaPage): Promise<void> {
  const { context, chain, lease } = read;
  await context.db.transaction(async (tx) => {
    await lease.assert(tx);
    const known = await knownGroups(tx, chain);
    const pages = new DirectoryPages(readFacts(read), page.index);
    await applyGroupChanges(tx, chain, known, slice.groups, pages);
    const reported = [...slice.groups].flatMap(([groupId, group]) =>
      known.has(groupId) ? membershipItems(group).map((item) => ({ groupId, item })) : [],
    );
    const staged = await stageMembers(tx, chain.id, reported, { readNo: read.readNo, page: page.index });
    const additions = staged.filter(({ item }) => item.change === 'added');
    for (const groupId of new Set(additions.map((addition) => addition.groupId))) {
      pages.memberships(
        groupId,
        additions.filter((addition) => addition.groupId === groupId).map(({ item }) => item),
      );
    }
    await enterPrincipals(tx, chain, additions);
    await publishPages(tx, pages);
    await tx.query(
      `UPDATE watch.chains SET next_link = COALESCE($2, next_link), round_due_seq = $3, round_noticed_at = $4,
         round_traceparent = $5 WHERE id = $1`,
      [chain.id, page.nextLink, chain.dueSeq, chain.noticedAt, currentTraceparent()],
    );
  });
}

/** The delta link was reached: the staged removals go out together, and the round is done. */
export async function finishLongRound(read: ChainRead, deltaLink: string, nextPage: number): Promise<void> {
  const { context, lease } = read;
  await context.db.transaction(async (tx) => {
    await lease.assert(tx);
    const changes = await publishStagedRemovals(tx, read, nextPage);
    await finishChainRead(tx, read, deltaLink, changes);
  });
}
