import { onlyRow, type Queryable } from '#database';

/** What waits, over all connections, for metrics. Ages in seconds, 0 where nothing waits. */
export interface WatchBacklog {
  readonly dueChains: number;
  readonly oldestDueSeconds: number;
  readonly rechecks: number;
  readonly oldestRecheckSeconds: number;
  readonly pendingPrincipals: number;
  readonly degradedConnections: number;
  readonly missedNotices: number;
}

export async function watchBacklog(db: Queryable): Promise<WatchBacklog> {
  return onlyRow(
    await db.query<WatchBacklog>(
      `SELECT d.*, r.*, p.*, w.* FROM
         (SELECT count(*)::int AS "dueChains", COALESCE(extract(epoch FROM now() - min(m.noticed_at)), 0)::float8 AS "oldestDueSeconds"
            FROM watch.chains c JOIN watch.due_marks m ON m.chain_id = c.id WHERE c.state = 'live' AND m.due_seq > c.read_seq) d,
         (SELECT count(*)::int AS rechecks, COALESCE(extract(epoch FROM now() - min(requested_at)), 0)::float8 AS "oldestRecheckSeconds"
            FROM watch.rechecks) r,
         (SELECT count(*)::int AS "pendingPrincipals" FROM watch.principals WHERE state = 'pending') p,
         (SELECT count(*) FILTER (WHERE degraded_since IS NOT NULL)::int AS "degradedConnections",
                 COALESCE(sum(missed_notices), 0)::float8 AS "missedNotices" FROM watch.watched_connections) w`,
    ),
  );
}
