import { findConnection, systemActor } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { dueFollowUps, RunInProgressError, startFollowUp } from '#runs';
import type { Task } from '#service-host';

/** Compares the groups of a baseline once more when `settle` has passed: its first read may have met a replica that was behind. */
export class StartFollowUpsTask implements Task {
  readonly name = 'start-follow-ups';
  readonly channels = [];
  readonly intervalMs = 2_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    for (const due of await dueFollowUps(this.db, now)) {
      await this.db
        .transaction(async (tx) => {
          // A quarantined connection would only fail again; it stays due until the connection recovers. With live sync off nothing
          // is applied between the runs that people or the schedule ask for.
          const connection = await findConnection(tx, due.connectionId);
          if (connection?.state === 'enabled' && connection.settings.trigger.live)
            await startFollowUp(tx, systemActor('full-sync', due.organisationId), due, now);
        })
        .catch((error: unknown) => {
          const fields = { connectionId: due.connectionId, error };
          if (!(error instanceof RunInProgressError)) this.log.error(fields, 'the second comparison could not be requested');
        });
    }
    return false;
  }
}
