import type { Queryable } from '#database';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Longer than any topic keeps an event, so that no redelivery or replay is news. */
const HEARD_DAYS = 120;
const KEPT_DAYS = 90;

/**
 * Forgets what was over 90 days ago: resolved alerts with their deliveries, notices, settled causes, digests; and which events were
 * heard, after 120. At most `maxRows` of each a call; answers how many went.
 */
export async function trimNotices(db: Queryable, now: Date, maxRows = 5_000): Promise<number> {
  const kept = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const heard = new Date(now.getTime() - HEARD_DAYS * DAY_MS);
  const deletions: readonly [string, Date][] = [
    [bounded('heard_events', 'heard_at < $1'), heard],
    [bounded('deliveries', `state <> 'waiting' AND settled_at < $1`), kept],
    [bounded('inbox', 'created_at < $1'), kept],
    [bounded('alerts', `state = 'resolved' AND resolved_at < $1`), kept],
    [bounded('causes', 'NOT is_raised AND changed_at < $1'), kept],
    [bounded('digests', 'composed_at < $1'), kept],
  ];
  let gone = 0;
  for (const [statement, before] of deletions) gone += (await db.query(statement, [before, maxRows])).length;
  return gone;
}

function bounded(table: string, condition: string): string {
  return `DELETE FROM notices.${table} WHERE ctid IN (
    SELECT ctid FROM notices.${table} WHERE ${condition} LIMIT $2) RETURNING 1`;
}
