import type { Clock } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import type { Halt } from '../lifecycle/halt.js';
import { concludeComparison } from '../plans/conclude-comparison.js';
import { RunPlanner, type RunPlannerOptions } from '../plans/run-planner.js';
import type { ReadBook, RunConnection, RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { findProblemDifferences } from '../problems/find-problem-differences.js';
import { UndoPlanner } from '../undo/undo-planner.js';
import { RemovalConfirmer } from './confirm-removals.js';
import { findDifferences } from './find-differences.js';
import { lineUpPeople } from './line-up-people.js';

export interface RunComparerOptions extends RunPlannerOptions {
  readonly database: Database;
  readonly book: ReadBook;
  readonly clock: Clock;
  readonly settleMs: number;
  readonly confirmMs: number;
}

/** From what was read to a plan: what differs, which removals the people's own side confirms, and what would follow. */
export class RunComparer {
  private readonly confirmer: RemovalConfirmer;
  private readonly planner: RunPlanner;
  private readonly undoPlanner: UndoPlanner;

  constructor(private readonly options: RunComparerOptions) {
    this.confirmer = new RemovalConfirmer(options);
    this.planner = new RunPlanner(options);
    this.undoPlanner = new UndoPlanner(options);
  }

  /** Null when the plan is there; else what the run waits for. Goes on where an earlier attempt stopped. */
  async compare(run: SyncRun, lease: Lease, graph: () => Promise<RunGraph>, signal: AbortSignal): Promise<Halt | null> {
    const { database, clock, confirmMs } = this.options;
    if (run.kind === 'undo') return this.undoPlanner.plan(run, lease, signal);
    const done = await this.stepsDone(run.id);
    if (!done.found) await this.find(lease, run);
    const dueAt = await this.confirmer.dueAt(run.id, confirmMs);
    if (dueAt !== null && dueAt > clock()) return { kind: 'wait', until: dueAt, failedAttempt: false };
    if (dueAt !== null) await this.confirmer.confirm(lease, await graph(), signal);
    if (!done.linedUp) await database.transaction((tx) => this.lineUp(tx, lease));
    await this.planner.plan(run, lease, signal);
    return null;
  }

  /** The plan is complete: it waits for a person, or the run goes on. */
  async conclude(lease: Lease, connection: RunConnection): Promise<SyncRun> {
    return this.options.database.transaction((tx) => concludeComparison(tx, lease, connection, this.options.clock()));
  }

  private async stepsDone(runId: string): Promise<{ found: boolean; linedUp: boolean }> {
    const [row] = await this.options.database.query<{ found: boolean; linedUp: boolean }>(
      'SELECT found_at IS NOT NULL AS found, lined_up_at IS NOT NULL AS "linedUp" FROM runs.sync_runs WHERE id = $1',
      [runId],
    );
    return row ?? { found: false, linedUp: false };
  }

  private async find(lease: Lease, { kind, connectionId }: SyncRun): Promise<void> {
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await (kind === 'problems' ? findProblemDifferences : findDifferences)(tx, lease, connectionId);
      await tx.query('UPDATE runs.sync_runs SET found_at = $2 WHERE id = $1', [lease.key, this.options.clock()]);
    });
  }

  private async lineUp(tx: Tx, lease: Lease): Promise<void> {
    const now = this.options.clock();
    await lineUpPeople(tx, lease, now);
    await this.recheckUnconfirmed(tx, lease.key, now);
  }

  /** A run does not wait for the second read that decides these: the recheck list does (invariant 4). */
  private async recheckUnconfirmed(tx: Tx, runId: string, now: Date): Promise<void> {
    const dueAt = new Date(now.getTime() + this.options.settleMs);
    const unconfirmed = await tx.query<{ organisationId: string; connectionId: string; groupId: string; memberId: string }>(
      `SELECT r.organisation_id AS "organisationId", r.connection_id AS "connectionId", c.group_id AS "groupId", c.member_id AS "memberId"
       FROM runs.removal_candidates c JOIN runs.sync_runs r ON r.id = c.run_id
       WHERE c.run_id = $1 AND c.outcome = 'unconfirmed' ORDER BY c.group_id, c.member_id`,
      [runId],
    );
    if (unconfirmed.length === 0) return;
    await this.options.book.addRechecks(
      tx,
      unconfirmed.map((member) => ({ ...member, reason: 'UNCONFIRMED_REMOVAL', dueAt })),
    );
  }
}
