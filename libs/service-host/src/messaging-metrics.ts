import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Queryable } from '#database';
import { outboxStatus, type MessagingMetrics } from '#messaging';

/** From a primary key lookup to a handler's deadline. */
const HANDLER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the relay and the consumers of this process count; labels are names of our own code, never ids of customers. */
export function messagingMetrics(registry: Registry): MessagingMetrics {
  const registers = [registry];
  const published = new Counter({
    name: 'rollcall_published_records_total',
    help: 'Records that the relay moved from the outbox to the log',
    labelNames: ['topic'],
    registers,
  });
  const failures = new Counter({
    name: 'rollcall_publish_failures_total',
    help: 'Sends to the log that failed and are tried again',
    registers,
  });
  const deliveries = new Counter({
    name: 'rollcall_deliveries_total',
    help: 'Records that a consumer took, by what became of them',
    labelNames: ['group', 'handler', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'rollcall_delivery_seconds',
    help: 'Time that a handler took for one record',
    labelNames: ['group', 'handler'],
    buckets: HANDLER_SECONDS,
    registers,
  });
  const lag = new Gauge({
    name: 'rollcall_consumer_lag_records',
    help: 'Records that a consumer group has still to read, as of its last look',
    labelNames: ['group', 'topic', 'partition'],
    registers,
  });
  return {
    published: (topic, records) => published.inc({ topic }, records),
    publishFailed: () => failures.inc(),
    handled: ({ group, handler, outcome, durationMs }) => {
      deliveries.inc({ group, handler, outcome });
      if (handler !== '') seconds.observe({ group, handler }, durationMs / 1_000);
    },
    lag: (group, topic, partition, records) => lag.set({ group, topic, partition: String(partition) }, records),
  };
}

/** Size and age of the outbox, read once a scrape; every process reports the same one. A database that is away leaves the last values. */
export function registerOutboxMetrics(registry: Registry, db: Queryable): void {
  const registers = [registry];
  const age = new Gauge({
    name: 'rollcall_outbox_oldest_seconds',
    help: 'Age of the oldest record that is not published yet',
    registers,
  });
  new Gauge({
    name: 'rollcall_outbox_records',
    help: 'Records that are not published yet',
    registers,
    async collect() {
      const status = await outboxStatus(db).catch(() => null);
      if (status === null) return;
      this.set(status.records);
      age.set(status.oldestSeconds);
    },
  });
}
