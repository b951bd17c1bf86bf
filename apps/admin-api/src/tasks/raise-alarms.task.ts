import { KnownConnections, watchesAnybody } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database, Tx } from '#database';
import { alignSchedules, raiseOverdueAlarms, type ScheduledConnection } from '#runs';
import type { Task } from '#service-host';
import { raiseSweepAlarms, wantedBaselines } from '#watch';

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');
/** More connections than one installation has. */
const ALL = 1_000_000;

/**
 * Tells of what should have been done and was not: runs that are due and have not begun, and connections that nobody sweeps. It stands
 * here since neither full-sync nor subscription can be trusted to say that it did not work. Any number of replicas may.
 */
export class RaiseAlarmsTask implements Task {
  readonly name = 'raise-alarms';
  readonly channels = [];
  readonly intervalMs = 10_000;
  readonly width = 1;
  private readonly connections = new KnownConnections();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly sweepIntervalMs: number,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    // Also where full-sync never ran: else nothing would ever be due.
    await this.db.transaction((tx) => alignSchedules(tx, () => this.schedules(tx), now));
    const connections = (await this.connections.active(this.db, now)).filter(({ state }) => state === 'enabled');
    // With live sync off it is read as well: what waits for the next run is known.
    const swept = connections
      .filter(watchesAnybody)
      .map(({ id: connectionId, organisationId }) => ({ connectionId, organisationId }));
    const connectionIds = connections.map(({ id }) => id);
    const liveConnectionIds = connections.filter(({ settings }) => settings.trigger.live).map(({ id }) => id);
    const live = new Set(liveConnectionIds);
    const { runs, sweeps } = await this.db.transaction(async (tx) => {
      const baselines = (await wantedBaselines(tx, ALL))
        .filter(({ connectionId }) => live.has(connectionId))
        .map(({ connectionId, organisationId, requestedAt }) => ({ connectionId, organisationId, dueAt: requestedAt }));
      return {
        runs: await raiseOverdueAlarms(tx, { connectionIds, liveConnectionIds, baselines }, now),
        sweeps: await raiseSweepAlarms(tx, swept, this.sweepIntervalMs, now),
      };
    });
    if (runs + sweeps > 0) this.log.warn({ runs, sweeps }, 'work that was due has not begun');
    return false;
  }

  private async schedules(tx: Tx): Promise<ScheduledConnection[]> {
    return (await this.connections.active(tx, END_OF_TIME)).map(({ id, organisationId, settings, updatedAt }) => ({
      connectionId: id,
      organisationId,
      schedule: settings.trigger.fullSync,
      changedAt: updatedAt,
    }));
  }
}
