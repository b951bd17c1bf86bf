import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { expirePlan, findExpiredPlans, settleCancelledRuns, type ReadBook } from '#runs';
import type { Task } from '#service-host';

/** Cancels plans that nobody approved in time, and tells of cancelled runs to whoever waits for their groups. */
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
    await this.db.transaction((tx) =>
      settleCancelledRuns(tx, this.book, now, (runId, error) =>
        this.log.error({ runId, error }, 'the books of a run that ended early could not be closed'),
      ),
    );
    return false;
  }
}
