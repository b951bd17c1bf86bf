import type { Tx } from '#database';

/** Where the removal page of one group stands among all that the run publishes for it. */
export interface RoundPlace {
  readonly id: string;
  readonly index: number;
  readonly pages: number;
}

/**
 * The removals of a run are judged together, group by group (invariant 5): provisioning keeps the pages of a round until the last.
 * People are published in fixed portions of their order, so each group's number of pages is known beforehand. Whoever comes in and leaves
 * a group by the same plan loses nothing of an account, and is in no round.
 */
export async function removalRounds(
  tx: Tx,
  runId: string,
  portion: { readonly from: number; readonly size: number },
  groupIds: readonly string[],
): Promise<Map<string, RoundPlace>> {
  if (groupIds.length === 0) return new Map();
  const rows = await tx.query<{ groupId: string; index: number; pages: number }>(
    `SELECT d.group_id AS "groupId", count(DISTINCT (p.seq - 1) / $3) AS pages,
       count(DISTINCT (p.seq - 1) / $3) FILTER (WHERE p.seq <= $2) AS index
     FROM runs.differences d JOIN runs.planned_people p ON p.run_id = d.run_id AND p.person_id = d.person_id
     WHERE d.run_id = $1 AND d.kind = 'removed' AND d.group_id = ANY ($4::uuid[]) AND NOT EXISTS (
       SELECT 1 FROM runs.planned_changes c WHERE c.run_id = d.run_id AND c.entra_object_id = d.person_id AND CASE c.decision
         WHEN 'skip' THEN c.action = 'deactivate' OR (c.action = 'revoke' AND c.group_id = d.group_id)
         ELSE c.action IN ('create', 'reactivate') END)
     GROUP BY d.group_id`,
    [runId, portion.from, portion.size, groupIds],
  );
  return new Map(rows.map(({ groupId, index, pages }) => [groupId, { id: `${runId}:${groupId}`, index, pages }]));
}
