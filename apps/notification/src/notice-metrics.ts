import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '#contracts';
import type { Queryable } from '#database';
import { pendingDeliveries, type AttemptOutcome, type Heard } from '#notices';

/** Alerts and deliveries in numbers; without ids of customers, so that the number of series stays small. */
export class NoticeMetrics {
  private readonly opened: Counter<'kind'>;
  private readonly resolved: Counter<'kind'>;
  private readonly deliveries: Counter<'channel' | 'outcome'>;

  constructor(registry: Registry, db: Queryable, clock: Clock) {
    const registers = [registry];
    this.opened = new Counter({
      name: 'rollcall_alerts_opened_total',
      help: 'Alerts that were opened',
      labelNames: ['kind'],
      registers,
    });
    this.resolved = new Counter({
      name: 'rollcall_alerts_resolved_total',
      help: 'Alerts that ended with an all-clear',
      labelNames: ['kind'],
      registers,
    });
    this.deliveries = new Counter({
      name: 'rollcall_notice_deliveries_total',
      help: 'Attempts to deliver a notice',
      labelNames: ['channel', 'outcome'],
      registers,
    });
    const waiting = new Gauge({ name: 'rollcall_notice_deliveries_waiting', help: 'Deliveries that wait', registers });
    const oldest = new Gauge({
      name: 'rollcall_notice_deliveries_oldest_due_seconds',
      help: 'How long the oldest waiting delivery has been due',
      registers,
      collect: async () => {
        // Prometheus asks also while Postgres is away: the last known numbers stay.
        const pending = await pendingDeliveries(db, clock()).catch(() => null);
        if (pending === null) return;
        waiting.set(pending.waiting);
        oldest.set(pending.oldestSeconds);
      },
    });
  }

  heard({ opened, resolved }: Heard): void {
    for (const kind of opened) this.opened.inc({ kind });
    for (const kind of resolved) this.resolved.inc({ kind });
  }

  attempted({ channel, outcome }: AttemptOutcome): void {
    this.deliveries.inc({ channel, outcome });
  }
}
