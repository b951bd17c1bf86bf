import type { Queryable } from '#database';

/** Nobody reads for this connection before the wait is over. Never shortens a wait. */
export async function blockConnection(db: Queryable, connectionId: string, code: string, waitMs: number): Promise<void> {
  await db.query(
    `UPDATE watch.watched_connections SET block_code = $2,
       blocked_until = GREATEST(blocked_until, now() + $3 * interval '1 millisecond') WHERE connection_id = $1`,
    [connectionId, code, waitMs],
  );
}

/** A call went through: whatever stood in the way is over. */
export async function unblockConnection(db: Queryable, connectionId: string): Promise<boolean> {
  const rows = await db.query(
    `UPDATE watch.watched_connections SET block_code = NULL, blocked_until = NULL
      WHERE connection_id = $1 AND block_code IS NOT NULL AND (blocked_until IS NULL OR blocked_until <= now()) RETURNING 1`,
    [connectionId],
  );
  return rows.length > 0;
}
