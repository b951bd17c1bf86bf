import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { cloudEndpoints } from '#graph-client';
import { graphMetrics, sharedGraphDoor } from './graph-door.js';
import type { HostServices } from './host-services.js';

it('gives every module of a process the same way to Graph, so that they share its tokens', () => {
  const gates: string[] = [];
  const door = sharedGraphDoor(cloudEndpoints({}), () => {
    gates.push('made');
    return { blockedUntil: () => Promise.resolve(null) } as never;
  });
  const services = { log: silentLog, clock: () => new Date(), metrics: new Registry() } as unknown as HostServices;
  expect(door(services)).toBe(door(services));
  expect(gates).toEqual(['made']);
});

it('counts requests by operation and status, and never by connection', async () => {
  const registry = new Registry();
  const metrics = graphMetrics(registry);
  metrics.request({ connectionId: 'c-1', operation: 'groups.delta', status: 200, durationMs: 120 });
  metrics.request({ connectionId: 'c-2', operation: 'groups.delta', status: null, durationMs: 90_000 });
  const text = await registry.metrics();
  expect(text).toContain('rollcall_graph_requests_total{operation="groups.delta",status="200"} 1');
  expect(text).toContain('rollcall_graph_requests_total{operation="groups.delta",status="none"} 1');
  expect(text).not.toContain('c-1');
});
