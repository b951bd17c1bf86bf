import { MAX_PAGE_ITEMS, type MembershipItem, type MemberType } from '#contracts';
import { onlyRow, type Tx } from '#database';
import { DirectoryPages } from '../pages/directory-pages.js';
import { placesInRound } from '../pages/places-in-round.js';
import { publishPages } from '../pages/publish-pages.js';
import { readFacts, type ChainRead } from './chain-read.js';

interface StagedRow {
  readonly member_id: string;
  readonly member_type: MemberType;
  readonly contradicted: boolean;
  readonly read_no: number;
  readonly page: number;
}

/**
 * Publishes the removals of a complete long round as numbered pages of one round over all its groups, each removal with the version of the page that reported it, and
 * empties the stage. A page at a time, so memory does not grow with the group. Answers how many members the round reported.
 */
export async function publishStagedRemovals(tx: Tx, read: ChainRead, nextPage: number): Promise<number> {
  const { chain } = read;
  const groups = await tx.query<{ group_id: string; removals: number }>(
    `SELECT group_id, count(*) AS removals FROM watch.staged_members WHERE chain_id = $1 AND removed GROUP BY group_id ORDER BY group_id`,
    [chain.id],
  );
  const placeOf = placesInRound(
    `${chain.id}:${read.readNo}`,
    groups.flatMap(({ group_id: groupId, removals }) =>
      Array.from({ length: Math.ceil(removals / MAX_PAGE_ITEMS) }, () => groupId),
    ),
  );
  let index = 0;
  for (const { group_id: groupId } of groups) {
    for await (const items of removalPages(tx, chain.id, groupId)) {
      const pages = new DirectoryPages(readFacts(read), nextPage, `${groupId}-removals-${index}`);
      pages.membershipPage(groupId, items, placeOf(index));
      await publishPages(tx, pages);
      index += 1;
    }
  }
  const { reported } = onlyRow(
    await tx.query<{ reported: number }>(
      `WITH gone AS (DELETE FROM watch.staged_members WHERE chain_id = $1 RETURNING 1) SELECT count(*) AS reported FROM gone`,
      [chain.id],
    ),
  );
  return reported;
}

async function* removalPages(tx: Tx, chainId: string, groupId: string): AsyncGenerator<MembershipItem[]> {
  let after = '';
  for (;;) {
    const rows = await tx.query<StagedRow>(
      `SELECT member_id, member_type, contradicted, read_no, page FROM watch.staged_members
        WHERE chain_id = $1 AND group_id = $2 AND removed AND member_id > $3 ORDER BY member_id LIMIT ${MAX_PAGE_ITEMS}`,
      [chainId, groupId, after],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      memberId: row.member_id,
      memberType: row.member_type,
      change: 'removed',
      version: { readNo: row.read_no, page: row.page },
      ...(row.contradicted ? { contradicted: true } : {}),
    }));
    after = rows.at(-1)?.member_id ?? after;
  }
}
