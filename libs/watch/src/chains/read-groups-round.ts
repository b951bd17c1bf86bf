import { RoundIncompleteError } from '../errors.js';
import { commitGroupsRound } from './commit-groups-round.js';
import { commitGroupsSlice, finishLongRound } from './commit-groups-slice.js';
import type { ChainRead } from './chain-read.js';
import { GroupsRound } from './merge-groups-round.js';

/** Changes that a round may have to be merged in memory and committed at once. */
export const MERGED_ROUND_LIMIT = 5_000;

/**
 * Follows the delta link to its end. Up to 5,000 changes are committed at once; a longer round, or one that is resumed, page by
 * page, each with its resume point. An iterator that ends without a delta link is a broken answer: nothing is finished then.
 */
export async function readGroupsRound(read: ChainRead, link: string, mergedRoundLimit = MERGED_ROUND_LIMIT): Promise<void> {
  let round = new GroupsRound();
  let isLong = read.chain.nextLink !== null;
  for await (const page of read.graph.groupsDeltaRound(link, { signal: read.lease.signal })) {
    round.add(page.groups);
    isLong ||= round.changes > mergedRoundLimit && page.nextLink !== null;
    if (isLong) {
      await commitGroupsSlice(read, round, page);
      round = new GroupsRound();
      if (page.deltaLink !== null) return finishLongRound(read, page.deltaLink, page.index + 1);
    } else if (page.deltaLink !== null) {
      return commitGroupsRound(read, round, page.deltaLink);
    }
  }
  throw new RoundIncompleteError(read.chain.id);
}
