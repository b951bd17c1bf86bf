import type { RunState } from '#contracts';
import type { Queryable } from '#database';

/** Unended runs by state, for metrics. States without a run are listed too, so that a gauge falls back to 0. */
export async function countRuns(db: Queryable): Promise<{ state: RunState; runs: number; oldestSeconds: number }[]> {
  return db.query(
    `SELECT s.state, count(r.id) AS runs,
       COALESCE(extract(epoch FROM now() - min(r.requested_at)), 0)::float8 AS "oldestSeconds"
     FROM unnest(ARRAY['requested', 'reading', 'comparing', 'awaitingReview', 'approved', 'applying']) AS s (state)
     LEFT JOIN runs.sync_runs r ON r.state = s.state
     GROUP BY s.state ORDER BY s.state`,
  );
}
