import { WATCH_CHANNELS, nudge } from '../channels.js';
import type { Queryable, Tx } from '#database';

/** Why a group, or everybody of the tenant (`EVERYBODY`), must be read as a whole. The reason becomes that of the run. */
export type BaselineReason = 'NEW_GROUP' | 'DELTA_EXPIRED' | 'GROUP_RETURNED' | 'DEAD_LETTER';

export interface WantedBaseline {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly groups: readonly { readonly groupId: string; readonly reason: BaselineReason }[];
  /** When the first of them was asked for. */
  readonly requestedAt: Date;
}

/** Groups that need a baseline and have none under way, by connection. Their chain has its link: what changes from now on is caught. */
export async function wantedBaselines(db: Queryable, limit = 100): Promise<WantedBaseline[]> {
  return db.query<WantedBaseline>(
    `SELECT b.organisation_id AS "organisationId", b.connection_id AS "connectionId",
            jsonb_agg(jsonb_build_object('groupId', b.group_id, 'reason', b.reason) ORDER BY b.group_id) AS groups,
            min(b.requested_at) AS "requestedAt"
       FROM watch.baselines b JOIN watch.watched_connections w ON w.connection_id = b.connection_id AND w.live
      WHERE b.run_id IS NULL
      GROUP BY b.organisation_id, b.connection_id ORDER BY min(b.requested_at) LIMIT $1`,
    [limit],
  );
}

/**
 * Binds the wanted baselines of these groups to a run, in the transaction that requests the run; answers the groups that were still
 * free, so that two schedulers never start the same twice (whoever gets none rolls back).
 */
export async function baselineStarted(
  tx: Tx,
  connectionId: string,
  groupIds: readonly string[],
  runId: string,
): Promise<string[]> {
  const rows = await tx.query<{ group_id: string }>(
    `UPDATE watch.baselines SET run_id = $3 WHERE connection_id = $1 AND group_id = ANY ($2::text[]) AND run_id IS NULL
     RETURNING group_id`,
    [connectionId, groupIds, runId],
  );
  return rows.map((row) => row.group_id);
}

/** The run has read these groups (all of its groups when absent). One asked for again meanwhile stays wanted. */
export async function baselineDone(tx: Tx, runId: string, groupIds?: readonly string[]): Promise<void> {
  await tx.query(`DELETE FROM watch.baselines WHERE run_id = $1 AND ($2::text[] IS NULL OR group_id = ANY ($2::text[]))`, [
    runId,
    groupIds ?? null,
  ]);
}

/** The run failed or was cancelled: what it did not read is wanted again. */
export async function baselineFailed(tx: Tx, runId: string): Promise<void> {
  await tx.query(`UPDATE watch.baselines SET run_id = NULL WHERE run_id = $1`, [runId]);
  await nudge(tx, WATCH_CHANNELS.baselines);
}

/** Asks for a baseline; a run that is under way for the group began too early, so another one follows it. */
export async function requestBaselines(
  tx: Tx,
  owner: { readonly organisationId: string; readonly connectionId: string },
  groupIds: readonly string[],
  reason: BaselineReason,
): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.query(
    `INSERT INTO watch.baselines (connection_id, organisation_id, group_id, reason)
     SELECT $1, $2, group_id, $4 FROM unnest($3::text[]) AS group_id ORDER BY group_id
     ON CONFLICT (connection_id, group_id) DO UPDATE SET reason = EXCLUDED.reason, requested_at = now(), run_id = NULL`,
    [owner.connectionId, owner.organisationId, groupIds, reason],
  );
  await nudge(tx, WATCH_CHANNELS.baselines);
}

/** They are in scope no more. A run that reads them already goes on, and finds nothing to bring in. */
export async function forgetBaselines(tx: Tx, connectionId: string, groupIds: readonly string[]): Promise<void> {
  await tx.query(`DELETE FROM watch.baselines WHERE connection_id = $1 AND group_id = ANY ($2::text[])`, [
    connectionId,
    groupIds,
  ]);
}
