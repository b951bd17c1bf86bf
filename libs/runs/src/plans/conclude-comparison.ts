import type { Lease, Tx } from '#database';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { takeLeasedStep } from '../lifecycle/take-step.js';
import type { RunConnection } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import { RUN_COLUMNS, type SyncRun } from '../run.js';
import { needsReview } from './needs-review.js';
import { storePlanHash } from './plan-hash.js';
import type { PlannedAction } from './planned-change.js';
import { supersedeWaitingPlans } from './supersede.js';

const PLAN_LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;

/** Closes the comparison: older waiting plans are superseded, the plan gets its hash, and it waits for a person or is approved. */
export async function concludeComparison(tx: Tx, lease: Lease, connection: RunConnection, now: Date): Promise<SyncRun> {
  await holdRun(tx, lease);
  await tx.query(`SET LOCAL statement_timeout = '15min'`); // the hash and the counts pass over the whole plan
  const [run] = await tx.query<SyncRun>(`SELECT ${RUN_COLUMNS} FROM runs.sync_runs WHERE id = $1`, [lease.key]);
  if (run === undefined) throw new Error(`run ${lease.key} is gone`);
  await supersedeWaitingPlans(tx, run, now);
  await storePlanHash(tx, run.id);
  await tx.query('UPDATE runs.sync_runs SET compared_at = $2, expires_at = $3 WHERE id = $1', [
    run.id,
    now,
    new Date(now.getTime() + PLAN_LIFETIME_MS),
  ]);
  const counts = await countActions(tx, run.id);
  const waits = needsReview({ asked: run.apply, setting: connection.settings.apply, counts });
  const concluded = await takeLeasedStep(tx, lease, waits ? 'review' : 'approve', now);
  if (waits) await publishRunFact(tx, concluded, 'awaitingReview', now, { planned: counts });
  else await publishRunFact(tx, concluded, 'approved', now);
  return concluded;
}

async function countActions(tx: Tx, runId: string): Promise<Partial<Record<PlannedAction, number>>> {
  const rows = await tx.query<{ action: PlannedAction; lines: number }>(
    `SELECT action, count(*) AS lines FROM runs.planned_changes WHERE run_id = $1 AND (action = 'skip' OR decision = 'apply') GROUP BY action`,
    [runId],
  );
  return Object.fromEntries(rows.map(({ action, lines }) => [action, lines]));
}
