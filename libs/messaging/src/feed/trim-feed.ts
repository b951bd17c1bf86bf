import type { Clock } from '#contracts';
import type { Queryable } from '#database';

const RETENTION_MS = 24 * 60 * 60 * 1000;

/** Removes what is older than a day, at most `maxRows` a call; returns how many went. A stream that was away longer sees a gap. */
export async function trimFeed(db: Queryable, clock: Clock, maxRows = 10_000): Promise<number> {
  const rows = await db.query(
    `DELETE FROM messaging.feed WHERE id IN (
       SELECT id FROM messaging.feed WHERE appended_at < $1 ORDER BY appended_at LIMIT $2) RETURNING 1`,
    [new Date(clock().getTime() - RETENTION_MS), maxRows],
  );
  return rows.length;
}
