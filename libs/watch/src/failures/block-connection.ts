import type { Queryable } from '#database';

export interface Block {
  readonly code: string;
  readonly waitMs: number;
}

/** Permissions differ between groups and people: what one kind of chain may not read says nothing of the other. */
const CODES_OF_ONE_KIND = new Set(['CONSENT_MISSING', 'ACCESS_BLOCKED']);

/**
 * Nobody reads for this connection before the wait is over, and then first what failed. Never shortens a wait. True where that is news:
 * until now it could read, or something else was in the way.
 */
export async function blockConnection(
  db: Queryable,
  connectionId: string,
  { code, waitMs }: Block,
  kind: 'groups' | 'users',
): Promise<boolean> {
  const [blocked] = await db.query<{ codeBefore: string | null }>(
    `UPDATE watch.watched_connections w SET block_code = $2, block_kind = $4,
       blocked_until = GREATEST(w.blocked_until, now() + $3 * interval '1 millisecond')
       FROM watch.watched_connections before WHERE w.connection_id = $1 AND before.connection_id = w.connection_id
     RETURNING before.block_code AS "codeBefore"`,
    [connectionId, code, waitMs, CODES_OF_ONE_KIND.has(code) ? kind : null],
  );
  return blocked?.codeBefore !== code;
}

/** A read went through. True where something had been in the way of the connection, and this read shows that it is over. */
export async function unblockConnection(db: Queryable, connectionId: string, kind: 'groups' | 'users'): Promise<boolean> {
  const rows = await db.query(
    `UPDATE watch.watched_connections SET block_code = NULL, block_kind = NULL, blocked_until = NULL, quarantined = false
      WHERE connection_id = $1 AND (block_code IS NOT NULL OR quarantined) AND (blocked_until IS NULL OR blocked_until <= now())
        AND (block_kind IS NULL OR block_kind = $2) RETURNING 1`,
    [connectionId, kind],
  );
  return rows.length > 0;
}
