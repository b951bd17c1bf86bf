import type { Queryable } from '#database';

/** How many pages of a run have no answer of provisioning yet. A round of removals is answered as one, with whichever page came last. */
export async function countUnanswered(db: Queryable, runId: string): Promise<number> {
  await db.query(
    `UPDATE runs.published_pages p SET answered_at = a.applied_at
     FROM people.answered_run_pages a
     WHERE p.run_id = $1 AND p.answered_at IS NULL AND a.run_id = p.run_id AND (a.event_id = p.event_id::text
       OR a.event_id IN (SELECT q.event_id::text FROM runs.published_pages q WHERE q.run_id = p.run_id AND q.round_id = p.round_id))`,
    [runId],
  );
  const [row] = await db.query<{ pages: number }>(
    'SELECT count(*) AS pages FROM runs.published_pages WHERE run_id = $1 AND answered_at IS NULL AND is_counted',
    [runId],
  );
  return row?.pages ?? 0;
}
