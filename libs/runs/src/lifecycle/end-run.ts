import type { RunSummary } from '#contracts';
import { onlyRow, type Lease, type Tx } from '#database';
import { closeOpenRounds } from '../applying/close-open-rounds.js';
import type { GroupsOfRun, ReadBook } from '../ports.js';
import { RUN_COLUMNS, type RunProblem, type SyncRun } from '../run.js';
import { publishRunFact } from './publish-run-fact.js';
import { takeLeasedStep } from './take-step.js';

/** How a worker ends the run that it holds. */
export type Ending =
  | { readonly step: 'complete'; readonly summary: RunSummary; readonly problem: RunProblem | null }
  | { readonly step: 'fail'; readonly problem: RunProblem };

/** State, summary, event, the word to whoever waits for the groups, and the end of what was staged: one commit. */
export async function endRun(tx: Tx, lease: Lease, ending: Ending, book: ReadBook, now: Date): Promise<SyncRun> {
  await takeLeasedStep(tx, lease, ending.step, now);
  const rows = await tx.query<SyncRun>(
    `UPDATE runs.sync_runs SET summary = $2, error = $3, lease_owner = NULL, lease_until = NULL WHERE id = $1 RETURNING ${RUN_COLUMNS}`,
    [lease.key, ending.step === 'complete' ? ending.summary : null, ending.problem],
  );
  const ended = onlyRow(rows);
  if (ending.step === 'fail') await closeOpenRounds(tx, ended, `the run failed: ${ending.problem.message}`, now);
  await publishRunFact(tx, ended, ended.state === 'completed' ? 'completed' : 'failed', now);
  await book.runEnded(tx, ended, await groupsOfRun(tx, lease.key));
  await dropStaged(tx, lease.key);
  return ended;
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
