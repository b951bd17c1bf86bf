import type { WatchContext } from '../watch-context.js';
import { tellMissed, tellReturned, type MissedNotices } from './tell-missed-notices.js';

/**
 * Judges the changes that a sweep found and that are old enough: where a notice for their chain came around that time they were
 * early, else their notices count as missed, which is told where it is more than usual. Answers how many were missed.
 */
export async function settleEarlyFinds(context: WatchContext): Promise<number> {
  return context.db.transaction(async (tx) => {
    const missed = await tx.query<MissedNotices>(
      `WITH settled AS (
         DELETE FROM watch.early_finds f USING watch.due_marks m, watch.watched_connections w
          WHERE m.chain_id = f.chain_id AND w.connection_id = f.connection_id
            AND f.found_at + $1 * interval '1 millisecond' <= now()
         RETURNING f.connection_id, f.changes, w.mode IN ('perGroup', 'perTenant')
           AND (m.last_notice_at IS NULL OR abs(extract(epoch FROM m.last_notice_at - f.found_at)) * 1000 > $1) AS is_missed)
       SELECT connection_id AS "connectionId", sum(changes)::float8 AS changes FROM settled WHERE is_missed GROUP BY 1 ORDER BY 1`,
      [context.timings.missedAfterMs],
    );
    if (missed.length > 0) await tellMissed(tx, context, missed);
    await tellReturned(tx, context);
    return missed.reduce((sum, { changes }) => sum + changes, 0);
  });
}

/** Chains that stand for nothing any more are kept for a day, for whoever looks into what happened. */
export async function forgetRetiredChains({ db }: Pick<WatchContext, 'db'>): Promise<void> {
  await db.query(
    `DELETE FROM watch.chains c WHERE c.state = 'retired' AND COALESCE(c.read_at, c.created_at) < now() - interval '1 day'
       AND NOT EXISTS (SELECT 1 FROM watch.groups g WHERE g.chain_id = c.id)`,
  );
}
