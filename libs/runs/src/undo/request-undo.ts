import type { Tx } from '#database';
import { RunStateError } from '../errors.js';
import { hasEnded } from '../lifecycle/run-transitions.js';
import { requestRun } from '../requesting/request-run.js';
import { lockRun } from '../review/decide-changes.js';
import type { RunActor, SyncRun, Undoes } from '../run.js';

export interface UndoAsk {
  readonly connectionId: string;
  /** A run that has ended, or a span of time of the connection. */
  readonly undoes: Undoes;
  /** Reviewed unless it is said otherwise. */
  readonly apply?: 'automatic' | 'review';
}

/**
 * Asks for a run that reverses another one, or all that sync did in a span of time. Repeating it gives the same run while that is
 * live; afterwards it is about what is left, and where nothing is, nothing happens. Throws `RunNotFoundError`, `RunStateError` where
 * the run has not ended, `RunInProgressError`.
 */
export async function requestUndo(
  tx: Tx,
  actor: RunActor,
  { connectionId, undoes, apply = 'review' }: UndoAsk,
  now: Date = new Date(),
): Promise<SyncRun> {
  if ('runId' in undoes) await demandUndoable(tx, actor, undoes.runId);
  return requestRun(tx, actor, { connectionId, kind: 'undo', apply, reason: 'MANUAL', undoes }, now);
}

async function demandUndoable(tx: Tx, actor: RunActor, runId: string): Promise<void> {
  const run = await lockRun(tx, actor, runId);
  if (!hasEnded(run.state)) throw new RunStateError(runId, run.state, 'undone before it has ended');
}
