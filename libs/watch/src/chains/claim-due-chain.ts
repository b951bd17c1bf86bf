import type { Tx } from '#database';
import type { WatchContext } from '../watch-context.js';
import type { ClaimedChain } from './chain.js';
import { IS_CLAIMABLE, IS_DUE, MAX_LEASES_PER_CONNECTION } from './due-chains.js';
import { lockDueConnection } from './lock-due-connection.js';

/**
 * Leases one due chain, the connections taking turns. The connection's row is locked for the length of the claim only, so its limit
 * of leases holds across processes. Null: nothing is due that is free.
 */
export async function claimDueChain(context: WatchContext): Promise<ClaimedChain | null> {
  const { db, timings, holder } = context;
  return db.transaction(async (tx) => {
    const connectionId = await lockDueConnection(tx, context);
    if (connectionId === null) return null;
    const [row] = await tx.query<ClaimedChain & { readonly isNotice: boolean }>(
      `WITH due AS (
         SELECT c.id, COALESCE(m.due_seq, 0) AS due_seq, m.noticed_at, m.traceparent,
                m.due_seq > c.read_seq AND m.last_notice_at >= m.noticed_at AS is_notice,
                CASE WHEN c.link IS NULL THEN 'start' WHEN c.next_link IS NOT NULL THEN 'resume'
                     WHEN m.due_seq > c.read_seq THEN 'notice'
                     WHEN c.reread_soon_at <= now() OR c.reread_late_at <= now() THEN 'reread' ELSE 'sweep' END AS cause
           FROM watch.chains c
           JOIN watch.watched_connections w USING (connection_id) LEFT JOIN watch.due_marks m ON m.chain_id = c.id
          WHERE c.connection_id = $4 AND ${IS_CLAIMABLE} AND ${IS_DUE}
            AND (SELECT count(*) FROM watch.chains l WHERE l.connection_id = $4 AND l.lease_until > now()) < ${MAX_LEASES_PER_CONNECTION}
          ORDER BY (m.due_seq > c.read_seq) DESC NULLS LAST, c.read_at NULLS FIRST LIMIT 1
          FOR NO KEY UPDATE OF c SKIP LOCKED)
       UPDATE watch.chains c SET
         lease_owner = $5, lease_token = c.lease_token + 1, lease_until = now() + $6 * interval '1 millisecond',
         claimed_seq = due.due_seq,
         sweeps_in_vain = CASE WHEN due.is_notice THEN 0 ELSE c.sweeps_in_vain END,
         reread_soon_at = CASE WHEN due.cause = 'notice' THEN now() + $7 * interval '1 millisecond'
                               WHEN c.reread_soon_at <= now() THEN NULL ELSE c.reread_soon_at END,
         reread_late_at = CASE WHEN due.cause = 'notice' THEN now() + $8 * interval '1 millisecond'
                               WHEN c.reread_late_at <= now() THEN NULL ELSE c.reread_late_at END,
         reread_noticed_at = CASE WHEN due.cause = 'notice' THEN due.noticed_at ELSE c.reread_noticed_at END,
         reread_traceparent = CASE WHEN due.cause = 'notice' THEN due.traceparent ELSE c.reread_traceparent END
         FROM due WHERE c.id = due.id
       RETURNING c.id, c.connection_id AS "connectionId", c.organisation_id AS "organisationId", c.kind, c.state,
         c.group_ids AS "groupIds", c.properties, c.baseline_reason AS "baselineReason", c.link, c.next_link AS "nextLink",
         CASE WHEN due.cause = 'resume' THEN c.round_due_seq ELSE due.due_seq END AS "dueSeq",
         CASE due.cause WHEN 'notice' THEN due.noticed_at WHEN 'reread' THEN c.reread_noticed_at
                        WHEN 'resume' THEN c.round_noticed_at END AS "noticedAt",
         CASE due.cause WHEN 'notice' THEN due.traceparent WHEN 'reread' THEN c.reread_traceparent
                        WHEN 'resume' THEN c.round_traceparent END AS traceparent,
         due.cause, c.failures, c.lease_token AS "leaseToken", due.is_notice IS TRUE AS "isNotice"`,
      [
        timings.sweepMs,
        timings.degradedSweepMs,
        timings.gatherMs,
        connectionId,
        holder,
        timings.leaseMs,
        timings.rereadSoonMs,
        timings.rereadLateMs,
      ],
    );
    if (row === undefined) return null;
    // A mark that we raised ourselves is no sign that notifications have returned.
    const { isNotice, ...chain } = row;
    if (isNotice) await endDegradation(tx, connectionId);
    return chain;
  });
}

async function endDegradation(tx: Tx, connectionId: string): Promise<void> {
  await tx.query(
    `UPDATE watch.watched_connections SET degraded_since = NULL WHERE connection_id = $1 AND degraded_since IS NOT NULL`,
    [connectionId],
  );
}
