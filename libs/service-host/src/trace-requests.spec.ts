import { setImmediate as nextTurn } from 'node:timers/promises';
import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { currentSpan, currentTraceIds, startTracing, type Tracing } from '#tracing';
import { OtlpReceiver } from '#tracing/testing';
import { traceRequests } from './trace-requests.js';

describe('traced requests', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing;

  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
    tracing = await startTracing({ service: 'test', endpoint: receiver.endpoint, log: silentLog });
  });
  afterEach(async () => {
    await tracing.stop();
    await receiver.stop();
  });

  async function answer(work: () => void = () => undefined) {
    const app = fastify();
    traceRequests(app);
    const ids: (string | undefined)[] = [];
    app.all('/people/:id', async () => {
      await nextTurn();
      ids.push(currentTraceIds()?.trace_id);
      work();
      return 'ok';
    });
    app.get('/health/live', async () => 'ok');
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);
    const end = async () => {
      app.server.closeIdleConnections();
      await app.close();
      await tracing.stop();
      return receiver.spans;
    };
    return { ask, end, ids };
  }

  it('are named by their route, without their address, and are what the handler works in, also behind a body', async () => {
    const { ask, end, ids } = await answer(() => currentSpan().note({ seen: true }));
    await ask('/people/ann@contoso.com?k=secret', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ padding: 'x'.repeat(200_000) }),
    });
    const spans = await end();
    expect(spans).toMatchObject([
      {
        name: 'POST /people/:id',
        kind: 'server',
        traceId: ids[0],
        attributes: { 'http.request.method': 'POST', 'http.route': '/people/:id', 'http.response.status_code': 200, seen: true },
      },
    ]);
    expect(JSON.stringify(spans)).not.toMatch(/contoso|secret/);
  });

  it('reach their handler once', async () => {
    const { ask, end, ids } = await answer();
    await ask('/people/1');
    await ask('/people/2', { method: 'POST' });
    await end();
    expect(ids).toHaveLength(2);
  });

  it("go on with the caller's trace", async () => {
    const { ask, end } = await answer();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await ask('/people/1', { headers: { traceparent } });
    expect(await end()).toMatchObject([{ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' }]);
  });

  it('have failed where the answer is our fault', async () => {
    const { ask, end } = await answer(() => {
      throw new Error('a bug');
    });
    await ask('/people/1');
    expect(await end()).toMatchObject([{ failed: true, attributes: { 'error.type': '500' } }]);
  });

  it('are not those of probes, nor of paths that nothing serves', async () => {
    const { ask, end } = await answer();
    await ask('/health/live');
    await ask('/wp-admin');
    expect(await end()).toEqual([]);
  });
});
