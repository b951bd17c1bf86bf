import { KnownConnections, systemActor } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { alignSchedules, dueSchedules, RunInProgressError, startScheduledRun } from '#runs';
import type { Task } from '#service-host';

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');

/** Requests the runs that are due by their connections' schedules; any number of replicas may do so. */
export class StartScheduledRunsTask implements Task {
  readonly name = 'start-scheduled-runs';
  readonly channels = [];
  readonly intervalMs = 5_000;
  readonly width = 1;
  private readonly connections = new KnownConnections();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    const connections = await this.db.transaction((tx) =>
      alignSchedules(
        tx,
        // A quarantined connection keeps its due time, so that the run is caught up when it recovers: all of them, not only those due.
        async () =>
          (await this.connections.active(tx, END_OF_TIME)).map(({ id, organisationId, settings, updatedAt, state }) => ({
            connectionId: id,
            organisationId,
            schedule: settings.trigger.fullSync,
            changedAt: updatedAt,
            state,
          })),
        now,
      ),
    );
    if (connections === null) return false;
    // Of a quarantined one a run would only fail; its alert is there.
    const enabled = connections.filter(({ state }) => state === 'enabled').map(({ connectionId }) => connectionId);
    for (const due of await dueSchedules(this.db, enabled, now)) {
      const actor = systemActor('full-sync', due.organisationId);
      await this.db
        .transaction((tx) => startScheduledRun(tx, actor, due, now))
        .catch((error: unknown) => {
          const fields = { connectionId: due.connectionId, dueAt: due.dueAt, error };
          if (!(error instanceof RunInProgressError)) this.log.error(fields, 'a scheduled run could not be requested');
        });
    }
    return false;
  }
}
