import { isProblemCode, PROBLEMS, type RunSummary } from '#contracts';
import type { Tx } from '#database';
import type { RunProblem } from '../run.js';

/** `FETCHED_NONE_PROCESSED` with its cause, where members were read and nobody came of it; else null. */
export async function findNoneProcessed(tx: Tx, runId: string, summary: RunSummary): Promise<RunProblem | null> {
  if (summary.processed > 0) return null;
  const rows = await tx.query<{ type: string; members: number }>(
    'SELECT member_type AS type, count(*) AS members FROM runs.staged_members WHERE run_id = $1 GROUP BY member_type',
    [runId],
  );
  const membersByType = Object.fromEntries(rows.map(({ type, members }) => [type, members]));
  const cause = causeOfNone(summary, membersByType);
  if (cause === null) return null;
  const reason = isProblemCode(cause) ? `${PROBLEMS[cause].title} (${cause})` : cause;
  return {
    code: 'FETCHED_NONE_PROCESSED',
    message: `members were read but none was taken, most often for this reason: ${reason}`,
  };
}

/** The most frequent reason; where no member is a person, that there are only other objects. */
export function causeOfNone(
  { fetched, skippedByReason }: Pick<RunSummary, 'fetched' | 'skippedByReason'>,
  membersByType: Readonly<Record<string, number>>,
): string | null {
  if (fetched === 0) {
    if ((membersByType['group'] ?? 0) > 0) return 'GROUP_CONTAINS_GROUPS';
    return Object.values(membersByType).some((count) => count > 0) ? 'MEMBER_KIND_EXCLUDED' : null;
  }
  const [first] = Object.entries(skippedByReason).sort(([, left], [, right]) => right - left);
  return first?.[0] ?? 'ATTRIBUTES_UNKNOWN';
}
