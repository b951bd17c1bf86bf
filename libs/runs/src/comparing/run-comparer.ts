import type { Clock } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import type { Halt } from '../lifecycle/halt.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { takeLeasedStep } from '../lifecycle/take-step.js';
import type { ReadBook, RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { RemovalConfirmer } from './confirm-removals.js';
import { findDifferences, orderPeople } from './find-differences.js';

export interface RunComparerOptions {
  readonly database: Database;
  readonly book: ReadBook;
  readonly clock: Clock;
  readonly settleMs: number;
  readonly confirmMs: number;
}

/** Finds what differs, has the removals confirmed by the people's own side, and lines up what is to be published. */
export class RunComparer {
  private readonly confirmer: RemovalConfirmer;

  constructor(private readonly options: RunComparerOptions) {
    this.confirmer = new RemovalConfirmer(options);
  }

  /** Null when the comparison is complete; else what the run waits for. Goes on where an earlier attempt stopped. */
  async compare(run: SyncRun, lease: Lease, graph: () => Promise<RunGraph>, signal: AbortSignal): Promise<Halt | null> {
    if (!(await this.hasFound(run.id))) await this.find(lease, run.connectionId);
    const dueAt = await this.confirmer.dueAt(run.id, this.options.confirmMs);
    if (dueAt !== null && dueAt > this.options.clock()) return { kind: 'wait', until: dueAt, failedAttempt: false };
    if (dueAt !== null) await this.confirmer.confirm(lease, await graph(), signal);
    return null;
  }

  async conclude(lease: Lease): Promise<SyncRun> {
    const now = this.options.clock();
    return this.options.database.transaction(async (tx) => {
      await orderPeople(tx, lease);
      await this.recheckUnconfirmed(tx, lease.key, now);
      await tx.query('UPDATE runs.sync_runs SET compared_at = $2 WHERE id = $1', [lease.key, now]);
      const approved = await takeLeasedStep(tx, lease, 'approve', now);
      await publishRunFact(tx, approved, 'approved', now);
      return approved;
    });
  }

  private async hasFound(runId: string): Promise<boolean> {
    const rows = await this.options.database.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND found_at IS NOT NULL', [
      runId,
    ]);
    return rows.length > 0;
  }

  private async find(lease: Lease, connectionId: string): Promise<void> {
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await findDifferences(tx, lease, connectionId);
      await tx.query('UPDATE runs.sync_runs SET found_at = $2 WHERE id = $1', [lease.key, this.options.clock()]);
    });
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
