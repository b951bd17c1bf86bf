import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWhileWaiting } from './answer-while-waiting.js';
import { Health } from './health.js';

describe('a process that waits for its engines', () => {
  const health = new Health();
  health.add('postgres', () => ({ ready: false, reason: 'connect ECONNREFUSED' }));
  const waiting = answerWhileWaiting(health, (request, response) => {
    if (request.url !== '/early') return false;
    response.writeHead(200).end('early');
    return true;
  });
  const server = createServer((request, response) => void waiting(request, response));
  let address: string;

  beforeEach(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  it('is alive, and not ready for a reason that it names', async () => {
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    const ready = await fetch(`${address}/health/ready?verbose`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      status: 'waiting',
      checks: { postgres: { ready: false, reason: 'connect ECONNREFUSED' } },
    });
  });

  it('answers what needs no engine, and 503 with a time to come back to everything else', async () => {
    expect(await (await fetch(`${address}/early`, { method: 'POST' })).text()).toBe('early');
    const other = await fetch(`${address}/other`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect([other.status, other.headers.get('retry-after')]).toEqual([503, '1']);
  });
});
