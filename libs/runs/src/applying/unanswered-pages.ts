import { TOPICS } from '#contracts';
import type { Queryable } from '#database';

/** How many pages of a run have no answer of provisioning yet. A round of removals is answered as one, with whichever page came last. */
export async function countUnanswered(db: Queryable, runId: string): Promise<number> {
  return countOpen(db, runId, new Date(0));
}

/** The same of those that still can be answered: older ones the log does not have any more (design: "Retention"). */
export async function countAwaited(db: Queryable, runId: string, now: Date): Promise<number> {
  return countOpen(db, runId, new Date(now.getTime() - TOPICS.directoryChanges.retentionMs));
}

async function countOpen(db: Queryable, runId: string, since: Date): Promise<number> {
  await db.query(NOTE_ANSWERS, [runId]);
  const [row] = await db.query<{ pages: number }>(
    `SELECT count(*) AS pages FROM runs.published_pages
     WHERE run_id = $1 AND answered_at IS NULL AND is_counted AND published_at >= $2`,
    [runId, since],
  );
  return row?.pages ?? 0;
}

// Asked many times a second: only the few open pages look for their answer, however many pages the run has had.
const NOTE_ANSWERS = `
  WITH open AS MATERIALIZED (
    SELECT event_id, round_id FROM runs.published_pages WHERE run_id = $1 AND answered_at IS NULL
  ), direct AS MATERIALIZED (
    SELECT o.event_id, o.round_id, a.applied_at
      FROM open o JOIN people.answered_run_pages a ON a.run_id = $1 AND a.event_id = o.event_id::text
  ), answers AS (
    SELECT event_id, applied_at FROM direct
    UNION ALL
    SELECT o.event_id, d.applied_at FROM open o JOIN direct d USING (round_id)
    UNION ALL
    SELECT o.event_id, q.answered_at
      FROM open o JOIN runs.published_pages q ON q.run_id = $1 AND q.round_id = o.round_id AND q.answered_at IS NOT NULL
  )
  UPDATE runs.published_pages p SET answered_at = a.applied_at
    FROM (SELECT event_id, min(applied_at) AS applied_at FROM answers GROUP BY event_id) AS a
   WHERE p.event_id = a.event_id`;
