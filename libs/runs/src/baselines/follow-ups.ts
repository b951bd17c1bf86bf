import type { Queryable, Tx } from '#database';
import { RunInProgressError } from '../errors.js';
import { requestRun } from '../requesting/request-run.js';
import type { RunActor, SyncRun } from '../run.js';

/** Reasons of runs that give a chain its picture. */
const BASELINE_REASONS = new Set(['BASELINE', 'DELTA_EXPIRED', 'GROUP_RETURNED', 'DEAD_LETTER']);
/** The reason of the comparison that follows a baseline when `settle` has passed. */
const SETTLED = 'SETTLED';
/** How soon a baseline that failed is tried again. */
const RETRY_MS = 60_000;

/**
 * What follows the end of a run, with the commit that ends it. What a baseline found, or a run from scratch, is compared once more
 * after `settle`, since its read may have met a replica that was behind; groups that it could not read are tried again.
 */
export async function scheduleFollowUps(
  tx: Tx,
  run: SyncRun,
  groups: { readonly read: readonly string[]; readonly unread: readonly string[] },
  settleMs: number,
  now: Date,
): Promise<void> {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (run.kind === 'scratch') {
    if (run.state === 'completed') await note(tx, run, [...groups.read, ...groups.unread], SETTLED, after(settleMs));
    return;
  }
  const isBaseline = BASELINE_REASONS.has(run.reason);
  if (!isBaseline && run.reason !== SETTLED) return;
  if (isBaseline && run.state === 'completed') await note(tx, run, groups.read, SETTLED, after(settleMs));
  if (isBaseline && run.state !== 'completed') await note(tx, run, groups.read, run.reason, after(RETRY_MS));
  await note(tx, run, groups.unread, run.reason, after(run.state === 'completed' ? settleMs : RETRY_MS));
}

/** A later need of the same group puts the earlier one off. */
async function note(tx: Tx, run: SyncRun, groupIds: readonly string[], reason: string, dueAt: Date): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.query(
    `INSERT INTO runs.follow_ups (connection_id, group_id, organisation_id, reason, due_at)
     SELECT $1, group_id, $2, $4, $5 FROM unnest($3::uuid[]) AS group_id ORDER BY group_id
     ON CONFLICT (connection_id, group_id) DO UPDATE SET reason = EXCLUDED.reason, due_at = EXCLUDED.due_at`,
    [run.connectionId, run.organisationId, groupIds, reason, dueAt],
  );
}

export interface DueFollowUp {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly reason: string;
}

export async function dueFollowUps(db: Queryable, now: Date): Promise<DueFollowUp[]> {
  return db.query(
    `SELECT DISTINCT organisation_id AS "organisationId", connection_id AS "connectionId", reason
     FROM runs.follow_ups WHERE due_at <= $1 ORDER BY 2, 3 LIMIT 1000`,
    [now],
  );
}

/** Requests one run for all that is due for this reason. Throws `RunInProgressError` while another run is live: it stays due. */
export async function startFollowUp(tx: Tx, actor: RunActor, due: DueFollowUp, now: Date): Promise<SyncRun | null> {
  const { connectionId, reason } = due;
  const rows = await tx.query<{ groupId: string }>(
    'DELETE FROM runs.follow_ups WHERE connection_id = $1 AND reason = $2 AND due_at <= $3 RETURNING group_id AS "groupId"',
    [connectionId, reason, now],
  );
  if (rows.length === 0) return null;
  const groupIds = rows.map(({ groupId }) => groupId);
  const run = await requestRun(tx, actor, { connectionId, kind: 'group', apply: 'automatic', reason, groupIds }, now);
  if (run.state !== 'requested') throw new RunInProgressError(run.id);
  return run;
}
