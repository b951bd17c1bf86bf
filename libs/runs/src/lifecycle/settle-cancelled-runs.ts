import type { RunSummary } from '#contracts';
import { isDatabaseAway, type Tx } from '#database';
import { countAwaited } from '../applying/unanswered-pages.js';
import { recordOutcomes } from '../applying/record-outcomes.js';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import type { ReadBook } from '../ports.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';
import { summarise } from '../summary/summarise.js';
import { settleUndo } from '../undo/settle-undo.js';
import { dropStaged, groupsOfRun, withProof } from './end-run.js';

const AT_A_TIME = 100;

/**
 * Closes the books of runs that were cancelled, or failed while they applied, as soon as every page that they had published is
 * answered, or can be no more: what was applied and what was not, their summary, the word to whoever waits for their groups, and the end of what was
 * staged. Called by the service that works on runs. One run that cannot be closed is named to `onFailure`, and hinders no other one
 * (invariant 9).
 */
export async function settleCancelledRuns(
  tx: Tx,
  book: ReadBook,
  now: Date,
  onFailure: (runId: string, error: unknown) => void,
): Promise<number> {
  const cancelled = await tx.query<SyncRun & { readonly wasApplying: boolean }>(
    `SELECT ${RUN_COLUMNS}, applying_at IS NOT NULL AS "wasApplying" FROM runs.sync_runs
     WHERE NOT is_settled AND (state = 'cancelled' OR (state = 'failed' AND applying_at IS NOT NULL)) ORDER BY ended_at LIMIT ${AT_A_TIME} FOR UPDATE SKIP LOCKED`,
  );
  let settled = 0;
  for (const { wasApplying, ...run } of cancelled) {
    if (wasApplying && (await countAwaited(tx, run.id, now)) > 0) continue;
    await tx.query('SAVEPOINT one_run');
    try {
      await settle(tx, run, wasApplying, book, now);
      settled += 1;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT one_run');
      onFailure(run.id, error);
    }
  }
  return settled;
}

async function settle(tx: Tx, run: SyncRun, wasApplying: boolean, book: ReadBook, now: Date): Promise<void> {
  const summary = wasApplying ? await joinedAsSets(tx, () => closeBooks(tx, run, now)) : null;
  await tx.query('UPDATE runs.sync_runs SET is_settled = true, summary = $2 WHERE id = $1', [run.id, summary]);
  if (run.kind === 'undo') await settleUndo(tx, run, now);
  // A failed run has said so at once.
  if (run.state === 'cancelled') await book.runEnded(tx, run, await groupsOfRun(tx, run.id));
  await dropStaged(tx, run.id);
}

async function closeBooks(tx: Tx, run: SyncRun, now: Date): Promise<RunSummary> {
  await recordOutcomes(tx, run.id, run.connectionId, { isCancelled: true });
  return withProof(tx, run.id, await summarise(tx, run, now));
}
