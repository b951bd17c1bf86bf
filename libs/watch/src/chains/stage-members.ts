import type { MembershipItem, Version } from '#contracts';
import type { Tx } from '#database';

export interface ReportedMember {
  readonly groupId: string;
  readonly item: MembershipItem;
}

/**
 * Notes what a page of a long round says of each member, the last page winning, and answers the same items with `contradicted`
 * where an earlier page of the round said the opposite. Repeating a page changes nothing.
 */
export async function stageMembers(
  tx: Tx,
  chainId: string,
  reported: readonly ReportedMember[],
  version: Version,
): Promise<ReportedMember[]> {
  if (reported.length === 0) return [];
  const rows = await tx.query<{ group_id: string | null; member_id: string }>(
    `INSERT INTO watch.staged_members AS s (chain_id, group_id, member_id, member_type, removed, contradicted, read_no, page)
     SELECT $1, n.*, $7, $8 FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[]) AS n
     ON CONFLICT (chain_id, group_id, member_id) DO UPDATE SET
       removed = EXCLUDED.removed, read_no = EXCLUDED.read_no, page = EXCLUDED.page, member_type = EXCLUDED.member_type,
       contradicted = s.contradicted OR EXCLUDED.contradicted OR s.removed <> EXCLUDED.removed
     RETURNING CASE WHEN contradicted THEN group_id END AS group_id, member_id`,
    [
      chainId,
      reported.map(({ groupId }) => groupId),
      reported.map(({ item }) => item.memberId),
      reported.map(({ item }) => item.memberType),
      reported.map(({ item }) => item.change === 'removed'),
      reported.map(({ item }) => item.contradicted === true),
      version.readNo,
      version.page,
    ],
  );
  const contradicted = new Set(rows.filter((row) => row.group_id !== null).map((row) => `${row.group_id}/${row.member_id}`));
  return reported.map(({ groupId, item }) => ({
    groupId,
    item: contradicted.has(`${groupId}/${item.memberId}`) ? { ...item, contradicted: true } : item,
  }));
}
