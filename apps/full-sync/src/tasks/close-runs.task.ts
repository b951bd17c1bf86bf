import { findDisconnected, systemActor } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { cancelRunsOf, expirePlan, findExpiredPlans, findWaitingConnections, settleCancelledRuns, type ReadBook } from '#runs';
import type { Task } from '#service-host';

/**
 * Cancels plans that nobody approved in time, or that a connection left behind which has ended; tells of cancelled runs to whoever
 * waits for their groups.
 */
export class CloseRunsTask implements Task {
  readonly name = 'close-runs';
  readonly channels = [];
  readonly intervalMs = 5_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly book: ReadBook,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    for (const plan of await findExpiredPlans(this.db, now)) {
      await this.db
        .transaction((tx) => expirePlan(tx, plan, now))
        .catch((error: unknown) =>
          this.log.error({ runId: plan.runId, error }, 'a plan that has expired could not be cancelled'),
        );
    }
    await this.cancelOrphans(now);
    await this.db.transaction((tx) =>
      settleCancelledRuns(tx, this.book, now, (runId, error) =>
        this.log.error({ runId, error }, 'the books of a run that ended early could not be closed'),
      ),
    );
    return false;
  }

  /** Disconnecting cancels them by itself; this is for what an older version, or a request at that moment, left waiting. */
  private async cancelOrphans(now: Date): Promise<void> {
    const waiting = await findWaitingConnections(this.db);
    const ended = await findDisconnected(
      this.db,
      waiting.map(({ connectionId }) => connectionId),
    );
    for (const { connectionId, organisationId } of waiting.filter((one) => ended.has(one.connectionId))) {
      await this.db
        .transaction((tx) => cancelRunsOf(tx, systemActor('full-sync', organisationId), connectionId, now))
        .catch((error: unknown) =>
          this.log.error({ connectionId, error }, 'the plans of an ended connection could not be cancelled'),
        );
    }
  }
}
