import type { RunState } from '#contracts';
import { LeaseLostError, onlyRow, type Lease, type Tx } from '#database';
import { RunNotFoundError, RunStateError } from '../errors.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';
import { GOES_ON } from './claim-run.js';
import { nextRunState, statesBefore, type RunStep } from './run-transitions.js';

/** Which instant of the run a state begins; `ended_at` for all that end it. */
const STAMPS: Partial<Record<RunState, string>> = {
  reading: 'reading_at',
  comparing: 'comparing_at',
  approved: 'approved_at',
  applying: 'applying_at',
  completed: 'ended_at',
  failed: 'ended_at',
  cancelled: 'ended_at',
  superseded: 'ended_at',
};

/**
 * Moves a run by one step of the table, on behalf of a person or of the schedule. The lease token is raised: a worker that is in
 * the middle of something finds its lease lost at its next commit and writes nothing more.
 * Throws `RunStateError` where the run's state does not allow the step.
 */
export async function takeStep(tx: Tx, runId: string, step: RunStep, now: Date, asked: string): Promise<SyncRun> {
  const [found] = await tx.query<{ state: RunState }>('SELECT state FROM runs.sync_runs WHERE id = $1 FOR UPDATE', [runId]);
  if (found === undefined) throw new RunNotFoundError(`run ${runId}`);
  const next = nextRunState(found.state, step);
  if (next === null) throw new RunStateError(runId, found.state, asked);
  const stamp = STAMPS[next];
  const rows = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET state = $2, wake_at = $3, ${GOES_ON}, lease_token = lease_token + 1, lease_until = NULL, lease_owner = NULL
       ${stamp === undefined ? '' : `, ${stamp} = $3`}
     WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [runId, next, now],
  );
  return onlyRow(rows);
}

/**
 * The same by the worker that holds the run: throws `LeaseLostError` where somebody else moved or took it meanwhile. The lease is
 * kept, so the worker goes on with the next state.
 */
export async function takeLeasedStep(tx: Tx, lease: Lease, step: RunStep, now: Date): Promise<SyncRun> {
  const [next] = new Set(statesBefore(step).map((state) => nextRunState(state, step)));
  if (next === undefined || next === null) throw new Error(`no state leads on by ${step}`);
  const stamp = STAMPS[next];
  const [run] = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET state = $3, wake_at = $4, ${GOES_ON}${stamp === undefined ? '' : `, ${stamp} = $4`}
     WHERE id = $1 AND lease_token = $2 AND state = ANY ($5) RETURNING ${RUN_COLUMNS}`,
    [lease.key, lease.token, next, now, statesBefore(step)],
  );
  if (run === undefined) throw new LeaseLostError(`runs.sync_runs ${lease.key}`);
  return run;
}
