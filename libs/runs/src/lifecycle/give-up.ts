import type { Lease, Tx } from '#database';
import type { ReadBook } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import { DISCONNECTED } from '../review/cancel-run.js';
import { RUN_COLUMNS, type RunProblem, type SyncRun } from '../run.js';
import { endRun } from './end-run.js';
import { publishRunFact } from './publish-run-fact.js';
import { takeLeasedStep } from './take-step.js';

/**
 * What becomes of a run that cannot go on. A plan that a person approved and that nobody could compare with a fresh read waits for a
 * person again, with the decisions made on it: nothing of it was published, and it stands in nobody's way. Everything else fails.
 */
export async function giveUp(tx: Tx, lease: Lease, problem: RunProblem, book: ReadBook, now: Date): Promise<SyncRun> {
  await holdRun(tx, lease);
  const [run] = await tx.query<SyncRun>(`SELECT ${RUN_COLUMNS} FROM runs.sync_runs WHERE id = $1`, [lease.key]);
  if (run?.state === 'approved' && run.approvedBy !== null && run.kind !== 'undo' && problem.code !== DISCONNECTED.code)
    return handBack(tx, lease, problem, now);
  return endRun(tx, lease, { step: 'fail', problem }, book, now);
}

/** Whoever was looked at before is looked at again after the next approval: by then that is no fresh read any more. */
async function handBack(tx: Tx, lease: Lease, problem: RunProblem, now: Date): Promise<SyncRun> {
  await takeLeasedStep(tx, lease, 'handBack', now);
  const [run] = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET approved_by = NULL, approved_at = NULL, is_reviewed = false, checked_seq = 0, error = $2,
       lease_owner = NULL, lease_until = NULL
     WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [lease.key, problem],
  );
  if (run === undefined) throw new Error(`run ${lease.key} is gone`);
  await publishRunFact(tx, run, 'awaitingReview', now);
  return run;
}
