import type { Queryable } from '#database';

/** Whether the scope of the connection is everybody of its tenant. */
export async function isEverybodyWatched(db: Queryable, connectionId: string): Promise<boolean> {
  const rows = await db.query('SELECT 1 FROM watch.watched_connections WHERE connection_id = $1 AND everybody', [connectionId]);
  return rows.length > 0;
}
