import type { RunSummary } from '#contracts';
import { onlyRow, type Lease, type Tx } from '#database';
import { closeOpenRounds } from '../applying/close-open-rounds.js';
import type { GroupsOfRun, ReadBook } from '../ports.js';
import { keepUnreadable } from '../problems/keep-unreadable.js';
import { proveGroups } from '../proof/prove-groups.js';
import { RUN_COLUMNS, type RunProblem, type SyncRun } from '../run.js';
import { firstSkips } from '../summary/first-skips.js';
import { settleUndo } from '../undo/settle-undo.js';
import { publishRunFact } from './publish-run-fact.js';
import { takeLeasedStep } from './take-step.js';

/** How a worker ends the run that it holds. */
export type Ending =
  | { readonly step: 'complete'; readonly summary: RunSummary; readonly problem: RunProblem | null }
  | { readonly step: 'fail'; readonly problem: RunProblem };

/** State, proof, summary, event, the word to whoever waits for the groups, and the end of what was staged: one commit. */
export async function endRun(tx: Tx, lease: Lease, ending: Ending, book: ReadBook, now: Date): Promise<SyncRun> {
  // What takes long comes before the step: whoever asks for another run waits for the commit of the step.
  const summary = ending.step === 'complete' ? await withProof(tx, lease.key, ending.summary) : null;
  await takeLeasedStep(tx, lease, ending.step, now);
  const rows = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET summary = $2, error = $3, lease_owner = NULL, lease_until = NULL WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [lease.key, summary, ending.problem],
  );
  const ended = onlyRow(rows);
  if (ending.step === 'fail') await closeOpenRounds(tx, ended, `the run failed: ${ending.problem.message}`, now);
  if (ended.state === 'failed') await publishRunFact(tx, ended, 'failed', now);
  else await publishRunFact(tx, ended, 'completed', now, { firstSkips: await firstSkips(tx, ended) });
  if (ended.state === 'completed') await keepUnreadable(tx, ended.id, ended.connectionId);
  if (ended.kind === 'undo') await settleUndo(tx, ended, now);
  await book.runEnded(tx, ended, await groupsOfRun(tx, lease.key));
  // The summary of what a failed run had applied needs what was read.
  if (!(await hasBegunToApply(tx, ended))) await dropStaged(tx, lease.key);
  return ended;
}

async function hasBegunToApply(tx: Tx, { id, state }: SyncRun): Promise<boolean> {
  if (state !== 'failed') return false;
  return (await tx.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND applying_at IS NOT NULL', [id])).length > 0;
}

/** The proof compares with what was read, so it is made while that is still staged. */
export async function withProof(tx: Tx, runId: string, summary: RunSummary): Promise<RunSummary> {
  const proof = await proveGroups(tx, runId);
  return proof === null ? summary : { ...summary, proof };
}

/** Staged reads live until the run ends (design: "Retention"); the plan and its differences stay. */
export async function dropStaged(tx: Tx, runId: string): Promise<void> {
  await tx.query('DELETE FROM runs.staged_members WHERE run_id = $1', [runId]);
}

export async function groupsOfRun(tx: Pick<Tx, 'query'>, runId: string): Promise<GroupsOfRun> {
  const rows = await tx.query<{ groupId: string; isRead: boolean }>(
    `SELECT group_id AS "groupId", state = 'complete' AS "isRead" FROM runs.group_reads WHERE run_id = $1 ORDER BY group_id`,
    [runId],
  );
  const ids = (isRead: boolean) => rows.filter((row) => row.isRead === isRead).map(({ groupId }) => groupId);
  return { read: ids(true), unread: ids(false) };
}
