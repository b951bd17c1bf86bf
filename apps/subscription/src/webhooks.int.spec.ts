import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { SecretBox, WebhookKeys } from '#connections';
import { silentLog } from '#contracts';
import { cloudEndpoints } from '#graph-client';
import { EmbeddedLogEngine } from '#messaging';
import { runService, type RunningService } from '#service-host';
import { subscriptionService } from './subscription-service.js';

describe('the webhooks', () => {
  const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
  const key = new WebhookKeys(secretBox.keys).keyOf(randomUUID());
  const name = `t_${randomBytes(6).toString('hex')}`;
  let service: RunningService;

  beforeAll(async () => {
    const databaseUrl = await createTestDatabase(name);
    const definition = subscriptionService({
      secretBox,
      endpoints: cloudEndpoints(),
      publicUrl: null,
      settleMs: 900_000,
      confirmMs: 60_000,
      sweepIntervalMs: 300_000,
    });
    service = await runService(definition, {
      httpPort: 0,
      httpHost: '127.0.0.1',
      databaseUrl,
      engine: (db, listener) => new EmbeddedLogEngine({ db, listener, log: silentLog }),
      log: silentLog,
      stopping: new AbortController().signal,
    });
  });
  afterAll(async () => {
    await service.stop();
    await dropTestDatabase(name);
  });

  const paths = ['/webhooks/graph/notifications', '/webhooks/graph/lifecycle'];
  const post = (path: string, body?: string, contentType?: string) =>
    fetch(`${service.address}${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    });
  const json = (path: string, body: unknown) => post(path, JSON.stringify(body), 'application/json; charset=utf-8');

  it('answers the validation token decoded, as plain text, whatever the request looks like', async () => {
    const token = 'Validation: Testing <b>reachability</b> + Request-Id: 522a8e7e';
    for (const path of paths) {
      for (const contentType of ['text/plain; charset=utf-8', 'application/json', undefined]) {
        const encoded = encodeURIComponent(token).replaceAll('%20', '+');
        const answer = await post(`${path}?k=anything&validationToken=${encoded}`, undefined, contentType);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(await answer.text()).toBe(token);
      }
    }
  });

  it('acknowledges a well-formed batch whatever its items are', async () => {
    for (const path of paths) {
      for (const value of [
        [],
        ['noise', 1, null],
        [{ subscriptionId: randomUUID(), clientState: 'x', tenantId: randomUUID() }],
      ]) {
        expect((await json(`${path}?k=${key}`, { value })).status).toBe(202);
        expect((await json(`${path}?k=stranger`, { value })).status).toBe(202);
        expect((await json(path, { value })).status).toBe(202);
      }
    }
  });

  it('refuses what is no batch, each with its status', async () => {
    const nested = `${'['.repeat(70)}${']'.repeat(70)}`;
    const [path] = paths as [string];
    expect((await post(path, '{"value":[]}', 'text/plain')).status).toBe(415);
    expect((await post(path, '<value/>', 'application/xml')).status).toBe(415);
    expect((await post(path, 'value=1', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await post(path, '{"value":', 'application/json')).status).toBe(400);
    expect((await json(path, {})).status).toBe(400);
    expect((await json(path, [])).status).toBe(400);
    expect((await post(path, `{"value":${nested}}`, 'application/json')).status).toBe(400);
  });

  it('refuses more than 4 MiB', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const target = new URL(`${service.address}${paths[0]}`);
      const headers = { 'content-type': 'application/json', 'content-length': 5 * 1024 * 1024 };
      const request = httpRequest(target, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.write('{"value":[');
    });
    expect(status).toBe(413);
  });

  it('counts what became of the items, without naming anybody', async () => {
    await json(`${paths[0]}?k=stranger`, { value: [1, 2, 3] });
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    expect(metrics).toMatch(/rollcall_webhook_items_total\{outcome="unknownKey"\} \d+/);
    expect(metrics).toContain('rollcall_watch_rechecks 0');
  });
});
