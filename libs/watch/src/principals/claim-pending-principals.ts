import type { WatchContext } from '../watch-context.js';

/** The most ids that one call for people takes (Graph sheet 2.1). */
const MAX_IDS = 1_000;

export interface PendingPrincipal {
  readonly objectId: string;
  readonly attempts: number;
  readonly noticedAt: Date | null;
  /** The trace of the read that named the person; null where there is none. */
  readonly traceparent: string | null;
}

export interface ClaimedPrincipals {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly people: readonly PendingPrincipal[];
  /** When they are free again; also the mark by which a request that came meanwhile is told from this claim. */
  readonly claimedUntil: Date;
}

/**
 * Takes pending principals of the connection that has waited longest, by hiding them for a while: a reader that dies loses nothing,
 * and reading somebody twice does no harm.
 */
export async function claimPendingPrincipals({ db, clock, timings }: WatchContext): Promise<ClaimedPrincipals | null> {
  const claimedUntil = new Date(clock().getTime() + timings.leaseMs);
  const rows = await db.query<PendingPrincipal & { organisationId: string; connectionId: string }>(
    `WITH next AS (
       SELECT p.connection_id, w.organisation_id FROM watch.principals p JOIN watch.watched_connections w USING (connection_id)
        WHERE p.state = 'pending' AND p.retry_at <= now() AND w.live
          AND (w.blocked_until IS NULL OR w.blocked_until <= now()) AND w.block_kind IS DISTINCT FROM 'groups'
        ORDER BY p.retry_at LIMIT 1
     ), pending AS (
       SELECT p.connection_id, p.object_id, next.organisation_id FROM watch.principals p JOIN next USING (connection_id)
        WHERE p.state = 'pending' AND p.retry_at <= now() ORDER BY p.object_id LIMIT ${MAX_IDS} FOR UPDATE OF p SKIP LOCKED)
     UPDATE watch.principals p SET retry_at = $1 FROM pending
      WHERE p.connection_id = pending.connection_id AND p.object_id = pending.object_id
     RETURNING p.object_id AS "objectId", p.attempts, p.noticed_at AS "noticedAt", p.traceparent, pending.organisation_id AS "organisationId",
       p.connection_id AS "connectionId"`,
    [claimedUntil],
  );
  const [first] = rows;
  if (first === undefined) return null;
  return { organisationId: first.organisationId, connectionId: first.connectionId, people: rows, claimedUntil };
}
