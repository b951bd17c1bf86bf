import { listActiveConnections, watchesAnybody } from '#connections';
import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import { alignSchedules, raiseOverdueAlarms } from '#runs';
import type { Task } from '#service-host';
import { raiseSweepAlarms } from '#watch';

const END_OF_TIME = new Date('9999-12-31T00:00:00Z');

/**
 * Tells of what should have been done and was not: runs that are due and have not begun, and connections that nobody sweeps. It stands
 * here since neither full-sync nor subscription can be trusted to say that it did not work. Any number of replicas may.
 */
export class RaiseAlarmsTask implements Task {
  readonly name = 'raise-alarms';
  readonly channels = [];
  readonly intervalMs = 10_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly sweepIntervalMs: number,
  ) {}

  async run(): Promise<boolean> {
    const now = this.clock();
    const connections = await listActiveConnections(this.db, END_OF_TIME);
    // Also where full-sync never ran: else nothing would ever be due.
    const schedules = connections.map(({ id, organisationId, settings }) => ({
      connectionId: id,
      organisationId,
      schedule: settings.trigger.fullSync,
    }));
    const live = connections.filter(
      (connection) => connection.state === 'enabled' && connection.settings.trigger.live && watchesAnybody(connection),
    );
    const swept = live.map(({ id: connectionId, organisationId }) => ({ connectionId, organisationId }));
    const { runs, sweeps } = await this.db.transaction(async (tx) => {
      await alignSchedules(tx, schedules, now);
      return { runs: await raiseOverdueAlarms(tx, now), sweeps: await raiseSweepAlarms(tx, swept, this.sweepIntervalMs, now) };
    });
    if (runs + sweeps > 0) this.log.warn({ runs, sweeps }, 'work that was due has not begun');
    return false;
  }
}
