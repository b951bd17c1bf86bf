import { isUniqueViolation, type Tx } from '#database';
import { PlanStaleError, RunInProgressError } from '../errors.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { takeStep } from '../lifecycle/take-step.js';
import { liveRun, RUNS_CHANNEL } from '../requesting/request-run.js';
import { RUN_COLUMNS, type RunActor, type SyncRun } from '../run.js';
import { lockRun } from './decide-changes.js';

/**
 * Approves the plan that has this hash. A repeated request answers the run as it is. Throws `PlanStaleError` for another hash,
 * `RunInProgressError` while another run of the connection is live, `RunStateError` where nothing waits.
 */
export async function approveRun(
  tx: Tx,
  actor: RunActor,
  runId: string,
  planHash: string,
  now: Date = new Date(),
): Promise<SyncRun> {
  const run = await lockRun(tx, actor, runId);
  if (run.planHash !== planHash) throw new PlanStaleError(runId, run.planHash);
  const isRepeated = run.approvedBy !== null && run.state !== 'awaitingReview';
  if (isRepeated) return run;
  const live = await liveRun(tx, run.connectionId);
  if (live !== undefined && live.id !== runId) throw new RunInProgressError(live.id);
  await takeThePlace(tx, run, now);
  const [approved] = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET approved_by = $2, is_reviewed = true, error = NULL WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [runId, `${actor.kind}:${actor.id}`],
  );
  if (approved === undefined) throw new Error(`run ${runId} is gone`);
  await publishRunFact(tx, approved, 'approved', now);
  await tx.query('SELECT pg_notify($1, $2)', [RUNS_CHANNEL, '']);
  return approved;
}

/** A run that somebody asked for a moment ago is seen only by its place being taken: one is live for each connection. */
async function takeThePlace(tx: Tx, { id, connectionId }: SyncRun, now: Date): Promise<void> {
  await tx.query('SAVEPOINT before_approval');
  try {
    await takeStep(tx, id, 'approve', now, 'approved');
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT before_approval');
    const live = await liveRun(tx, connectionId);
    throw new RunInProgressError(live?.id ?? id);
  }
}
