import type { Queryable, Tx } from '#database';
import { closeOpenRounds } from '../applying/close-open-rounds.js';
import { dropStaged } from '../lifecycle/end-run.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { LIVE_STATES } from '../lifecycle/run-transitions.js';
import { takeStep } from '../lifecycle/take-step.js';
import { RUN_COLUMNS, type RunActor, type RunProblem, type SyncRun } from '../run.js';
import { lockRun } from './decide-changes.js';

/**
 * Ends a run that has not ended. A worker in the middle of a page finds its lease lost and writes nothing more; what was published
 * before is applied, so no person is half applied, and can be undone. A repeated request answers the run as it is. With a `problem` it is
 * not the actor who wanted that: the run says the problem instead.
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
  const [cancelled] = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET error = $2, cancelled_by = $3 WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [runId, problem, problem === null ? `${actor.kind}:${actor.id}` : null],
  );
  if (cancelled === undefined) throw new Error(`run ${runId} is gone`);
  await publishRunFact(tx, cancelled, 'cancelled', now);
  // The summary of what was applied before needs what was read.
  if (run.state === 'applying') await closeOpenRounds(tx, cancelled, 'the run was cancelled', now);
  else await dropStaged(tx, runId);
  return cancelled;
}

/**
 * Ends every run of a connection that is being disconnected, and every plan that waits: nothing of them could be read or applied any
 * more. Called in the transaction that disconnects, before anything that takes the organisation's lock: a worker that applies an undo
 * holds its run first and takes that lock second.
 */
export async function cancelRunsOf(tx: Tx, actor: RunActor, connectionId: string, now: Date = new Date()): Promise<void> {
  // The live one first, as a worker does that supersedes the waiting ones.
  const unended = await tx.query<{ id: string }>(
    `SELECT id FROM runs.sync_runs WHERE organisation_id = $1 AND connection_id = $2 AND (state = ANY ($3) OR state = 'awaitingReview')
     ORDER BY state = 'awaitingReview', requested_at, id`,
    [actor.organisationId, connectionId, LIVE_STATES],
  );
  for (const { id } of unended) await cancelRun(tx, actor, id, now, DISCONNECTED);
}

export const DISCONNECTED: RunProblem = { code: 'CONNECTION_DISCONNECTED', message: 'the connection is disconnected' };

/** Connections with a plan that waits; a live run of one that has ended is met by whoever takes it up. */
export async function findWaitingConnections(db: Queryable): Promise<{ connectionId: string; organisationId: string }[]> {
  return db.query(
    `SELECT DISTINCT connection_id AS "connectionId", organisation_id AS "organisationId" FROM runs.sync_runs
     WHERE state = 'awaitingReview' ORDER BY 1`,
  );
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
