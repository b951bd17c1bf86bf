import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { messagingMetrics, registerOutboxMetrics } from './messaging-metrics.js';

it('counts deliveries by handler and outcome, and times those that had a handler', async () => {
  const registry = new Registry();
  const metrics = messagingMetrics(registry);
  metrics.handled({ group: 'provisioning', handler: 'ApplyUsersChanged', outcome: 'handled', durationMs: 40 });
  metrics.handled({ group: 'provisioning', handler: '', outcome: 'unknown-type', durationMs: 0 });
  const text = await registry.metrics();
  expect(text).toContain('rollcall_deliveries_total{group="provisioning",handler="ApplyUsersChanged",outcome="handled"} 1');
  expect(text).toContain('rollcall_deliveries_total{group="provisioning",handler="",outcome="unknown-type"} 1');
  expect(text).toContain('rollcall_delivery_seconds_count{group="provisioning",handler="ApplyUsersChanged"} 1');
  expect(text).not.toContain('rollcall_delivery_seconds_count{group="provisioning",handler=""}');
});

it('shows what the relay published and what each group has still to read', async () => {
  const registry = new Registry();
  const metrics = messagingMetrics(registry);
  metrics.published('directory.changes.v1', 3);
  metrics.publishFailed();
  metrics.lag('provisioning', 'directory.changes.v1', 7, 12);
  const text = await registry.metrics();
  expect(text).toContain('rollcall_published_records_total{topic="directory.changes.v1"} 3');
  expect(text).toContain('rollcall_publish_failures_total 1');
  expect(text).toContain('rollcall_consumer_lag_records{group="provisioning",topic="directory.changes.v1",partition="7"} 12');
});

it('keeps the last known outbox while the database is away, so that a scrape never fails', async () => {
  const registry = new Registry();
  const answers = [() => Promise.resolve([{ records: 5, oldestSeconds: 2.5 }]), () => Promise.reject(new Error('away'))];
  const query = () => (answers.shift() ?? answers[0])?.() as never;
  registerOutboxMetrics(registry, { query });
  expect(await registry.metrics()).toContain('rollcall_outbox_records 5');
  const later = await registry.metrics();
  expect(later).toContain('rollcall_outbox_records 5');
  expect(later).toContain('rollcall_outbox_oldest_seconds 2.5');
});
