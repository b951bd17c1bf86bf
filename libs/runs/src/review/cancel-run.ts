import type { Queryable, Tx } from '#database';
import { groupsOfRun, dropStaged } from '../lifecycle/end-run.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { takeStep } from '../lifecycle/take-step.js';
import type { ReadBook } from '../ports.js';
import { RUN_COLUMNS, type RunActor, type RunProblem, type SyncRun } from '../run.js';
import { lockRun } from './decide-changes.js';

/**
 * Ends a run that has not ended. A worker in the middle of a page finds its lease lost and writes nothing more; what was published
 * before is applied, so no person is half applied, and can be undone. A repeated request answers the run as it is.
 */
export async function cancelRun(
  tx: Tx,
  actor: RunActor,
  runId: string,
  now: Date = new Date(),
  problem: RunProblem | null = null,
): Promise<SyncRun> {
  const run = await lockRun(tx, actor, runId);
  if (run.state === 'cancelled') return run;
  await takeStep(tx, runId, 'cancel', now, 'cancelled');
  const [cancelled] = await tx.query<SyncRun>(`UPDATE runs.sync_runs SET error = $2 WHERE id = $1 RETURNING ${RUN_COLUMNS}`, [
    runId,
    problem,
  ]);
  if (cancelled === undefined) throw new Error(`run ${runId} is gone`);
  await publishRunFact(tx, cancelled, 'cancelled', now);
  await dropStaged(tx, runId);
  return cancelled;
}

/** Runs that were cancelled and of which whoever waits for their groups does not know yet; called by the service that works on runs. */
export async function settleCancelledRuns(tx: Tx, book: ReadBook): Promise<number> {
  const cancelled = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET is_settled = true WHERE id IN (
       SELECT id FROM runs.sync_runs WHERE state = 'cancelled' AND NOT is_settled ORDER BY ended_at LIMIT 100 FOR UPDATE SKIP LOCKED)
     RETURNING ${RUN_COLUMNS}`,
  );
  for (const run of cancelled) await book.runEnded(tx, run, await groupsOfRun(tx, run.id));
  return cancelled.length;
}

/** Plans that waited for 14 days: what they were computed from is history. */
export async function findExpiredPlans(db: Queryable, now: Date): Promise<{ runId: string; organisationId: string }[]> {
  return db.query(
    `SELECT id AS "runId", organisation_id AS "organisationId" FROM runs.sync_runs
     WHERE state = 'awaitingReview' AND expires_at <= $1 ORDER BY expires_at LIMIT 100`,
    [now],
  );
}

export async function expirePlan(tx: Tx, plan: { runId: string; organisationId: string }, now: Date): Promise<SyncRun> {
  const actor = { kind: 'system', id: 'full-sync', organisationId: plan.organisationId } as const;
  return cancelRun(tx, actor, plan.runId, now, {
    code: 'EXPIRED',
    message: 'the plan waited for 14 days without being approved',
  });
}
