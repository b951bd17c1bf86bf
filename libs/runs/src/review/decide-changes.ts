import type { Tx } from '#database';
import { RunNotFoundError, RunStateError } from '../errors.js';
import { storePlanHash } from '../plans/plan-hash.js';
import type { PlannedAction } from '../plans/planned-change.js';
import { RUN_COLUMNS, type RunActor, type SyncRun } from '../run.js';

export type Decision = 'apply' | 'skip';

/** Which lines of the plan are meant; what is absent does not narrow. An empty filter means all. */
export interface ChangeFilter {
  readonly ids?: readonly string[];
  readonly actions?: readonly PlannedAction[];
  readonly groupId?: string;
  readonly entraObjectId?: string;
  readonly accountId?: string;
}

/**
 * Takes one line out of a waiting plan or puts it back; `keepFields` names the fields of an update that stay ours. Answers the new
 * hash. Throws `RunNotFoundError` and `RunStateError`.
 */
export async function decideChange(
  tx: Tx,
  actor: RunActor,
  runId: string,
  changeId: string,
  choice: { readonly decision?: Decision; readonly keepFields?: readonly string[] },
): Promise<{ planHash: string }> {
  await lockWaitingRun(tx, actor, runId);
  const rows = await tx.query(
    `UPDATE runs.planned_changes SET decision = COALESCE($3, decision), carried_over = false,
       kept_fields = CASE WHEN action = 'update' THEN COALESCE($4::text[], kept_fields) ELSE kept_fields END
     WHERE run_id = $1 AND id = $2 AND action <> 'skip' RETURNING 1`,
    [runId, changeId, choice.decision ?? null, choice.keepFields ?? null],
  );
  if (rows.length === 0) throw new RunNotFoundError(`change ${changeId} of run ${runId}`);
  if (choice.decision !== undefined) await keepPeopleWhole(tx, runId, choice.decision);
  return { planHash: await storePlanHash(tx, runId) };
}

/** The same for all lines that the filter means. Lines that only list somebody as skipped have nothing to decide. */
export async function decideChanges(
  tx: Tx,
  actor: RunActor,
  runId: string,
  filter: ChangeFilter,
  decision: Decision,
): Promise<{ planHash: string; count: number }> {
  await lockWaitingRun(tx, actor, runId);
  const rows = await tx.query<{ count: number }>(
    `WITH decided AS (
       UPDATE runs.planned_changes SET decision = $2, carried_over = false
       WHERE run_id = $1 AND action <> 'skip' AND ($3::uuid[] IS NULL OR id = ANY ($3)) AND ($4::text[] IS NULL OR action = ANY ($4))
         AND ($5::uuid IS NULL OR group_id = $5) AND ($6::uuid IS NULL OR entra_object_id = $6) AND ($7::uuid IS NULL OR account_id = $7)
       RETURNING 1)
     SELECT count(*) AS count FROM decided`,
    [
      runId,
      decision,
      filter.ids ?? null,
      filter.actions ?? null,
      filter.groupId ?? null,
      filter.entraObjectId ?? null,
      filter.accountId ?? null,
    ],
  );
  await keepPeopleWhole(tx, runId, decision);
  return { planHash: await storePlanHash(tx, runId), count: rows[0]?.count ?? 0 };
}

/**
 * Nobody joins a group without a living account: with the line that makes or revives it, what the person would join is taken out, and
 * with a line of joining that is put back, so is the account. Left alone it could only end as stale.
 */
async function keepPeopleWhole(tx: Tx, runId: string, decision: Decision): Promise<void> {
  const [followers, leaders] = [['grant'], ['create', 'reactivate']];
  await tx.query(
    `UPDATE runs.planned_changes other SET decision = $2, carried_over = false FROM runs.planned_changes decided
      WHERE decided.run_id = $1 AND decided.action = ANY ($3) AND decided.decision = $2
        AND other.run_id = $1 AND other.action = ANY ($4) AND other.decision <> $2
        AND other.entra_object_id = decided.entra_object_id`,
    decision === 'skip' ? [runId, decision, leaders, followers] : [runId, decision, followers, leaders],
  );
}

/** The run, locked, if it is of the actor's organisation and waits for review. */
export async function lockWaitingRun(tx: Tx, actor: RunActor, runId: string): Promise<SyncRun> {
  const run = await lockRun(tx, actor, runId);
  if (run.state !== 'awaitingReview') throw new RunStateError(runId, run.state, 'reviewed');
  return run;
}

export async function lockRun(tx: Tx, actor: RunActor, runId: string): Promise<SyncRun> {
  const [run] = await tx.query<SyncRun>(
    `SELECT ${RUN_COLUMNS} FROM runs.sync_runs WHERE id = $1 AND organisation_id = $2 FOR UPDATE`,
    [runId, actor.organisationId],
  );
  if (run === undefined) throw new RunNotFoundError(`run ${runId}`);
  return run;
}
