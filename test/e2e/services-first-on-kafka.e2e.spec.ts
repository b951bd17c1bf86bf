import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded';
import { startApp, untilReady, type RunningProcess } from '../support/child-process.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';

const services = ['subscription', 'provisioning', 'full-sync', 'notification', 'admin-api'] as const;

describe('services that are started before Postgres', () => {
  let dataDir: string;
  let pgPort: number;
  let postgres: EmbeddedPostgres | undefined;
  const running = new Map<string, RunningProcess>();
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rollcall-first-'));
    pgPort = await freePort();
    const made = await startEmbeddedPostgres({ dataDir, port: pgPort });
    await made.stop();
    const env = {
      DATABASE_URL: made.url,
      KAFKA_BROKERS: inject('kafkaBrokers') ?? '',
      KAFKA_TOPIC_PREFIX: `first_${randomBytes(4).toString('hex')}.`,
      SECRETS_KEY: randomBytes(32).toString('base64'),
      ADMIN_TOKEN: 'short',
    };
    for (const name of services) {
      const port = await freePort();
      addresses.set(name, `http://127.0.0.1:${port}`);
      running.set(name, startApp(name, { ...env, HTTP_PORT: String(port) }));
    }
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((service) => service.stop()));
    await postgres?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(services)('%s is alive, and not ready for a reason that it names', async (name) => {
    const live = await eventually(() => fetch(`${addresses.get(name)}/health/live`), { deadlineMs: 60_000 });
    expect(live.status).toBe(200);
    const ready = await eventually(async () => {
      const response = await fetch(`${addresses.get(name)}/health/ready`);
      const { checks } = (await response.json()) as { checks: Record<string, { ready: boolean; reason?: string }> };
      if (checks['postgres'] === undefined) throw new Error('it has not tried yet');
      return { status: response.status, postgres: checks['postgres'] };
    });
    expect(ready).toMatchObject({ status: 503, postgres: { ready: false } });
    expect(ready.postgres.reason).toMatch(/ECONNREFUSED|connect/);
  });

  it('subscription answers validation and nothing else meanwhile (invariant 1)', async () => {
    const webhook = `${addresses.get('subscription')}/webhooks/graph/notifications?k=any`;
    const validation = await fetch(`${webhook}&validationToken=a%20token`, { method: 'POST' });
    expect([validation.status, await validation.text()]).toEqual([200, 'a token']);
    expect(validation.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(validation.headers.get('x-content-type-options')).toBe('nosniff');
    const headers = { 'content-type': 'application/json' };
    const batch = await fetch(webhook, { method: 'POST', headers, body: JSON.stringify({ value: [] }) });
    expect(batch.status).toBe(503);
  });

  it('all become ready when it comes, on an empty database at the same time', async () => {
    postgres = await startEmbeddedPostgres({ dataDir, port: pgPort });
    await Promise.all(services.map((name) => untilReady(addresses.get(name)!, running.get(name)!, 120_000)));
    expect(running.get('admin-api')!.output()).toContain('ADMIN_TOKEN is short');
  });

  it.each(services)('%s then has its metrics', async (name) => {
    const text = await (await fetch(`${addresses.get(name)}/metrics`)).text();
    expect(text).toContain('rollcall_outbox_records 0');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('all say why they are not ready when it goes away, and end within 10 s on SIGTERM all the same', async () => {
    await postgres?.stop();
    postgres = undefined;
    for (const name of services) {
      await eventually(
        async () => {
          const response = await fetch(`${addresses.get(name)}/health/ready`);
          expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('Postgres does not answer')]);
        },
        { deadlineMs: 15_000 },
      );
      expect((await fetch(`${addresses.get(name)}/metrics`)).status).toBe(200);
    }
    const startedAt = performance.now();
    for (const service of running.values()) service.signal('SIGTERM');
    await Promise.all([...running.values()].map((service) => service.ended));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
