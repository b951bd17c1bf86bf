import { onlyRow } from '#database';
import type { WatchContext } from '../watch-context.js';

/**
 * Judges the changes that a sweep found and that are old enough: where a notice for their chain came around that time they were
 * early, else their notices count as missed. Answers how many were missed.
 */
export async function settleEarlyFinds({ db, timings }: WatchContext): Promise<number> {
  const { missed } = onlyRow(
    await db.query<{ missed: number }>(
      `WITH settled AS (
         DELETE FROM watch.early_finds f USING watch.due_marks m, watch.watched_connections w
          WHERE m.chain_id = f.chain_id AND w.connection_id = f.connection_id
            AND f.found_at + $1 * interval '1 millisecond' <= now()
         RETURNING f.connection_id, f.changes, w.mode IN ('perGroup', 'perTenant')
           AND (m.last_notice_at IS NULL OR abs(extract(epoch FROM m.last_notice_at - f.found_at)) * 1000 > $1) AS is_missed
       ), missed AS (
         SELECT connection_id, sum(changes) AS changes FROM settled WHERE is_missed GROUP BY connection_id
       ), counted AS (
         UPDATE watch.watched_connections w SET missed_notices = missed_notices + missed.changes
           FROM missed WHERE w.connection_id = missed.connection_id)
       SELECT COALESCE(sum(changes), 0)::float8 AS missed FROM missed`,
      [timings.missedAfterMs],
    ),
  );
  return missed;
}

/** Chains that stand for nothing any more are kept for a day, for whoever looks into what happened. */
export async function forgetRetiredChains({ db }: Pick<WatchContext, 'db'>): Promise<void> {
  await db.query(
    `DELETE FROM watch.chains c WHERE c.state = 'retired' AND COALESCE(c.read_at, c.created_at) < now() - interval '1 day'
       AND NOT EXISTS (SELECT 1 FROM watch.groups g WHERE g.chain_id = c.id)`,
  );
}
