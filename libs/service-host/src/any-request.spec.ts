import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anyRequest, hearOut } from './any-request.js';

describe('requests that a careful client would not send', () => {
  let app: FastifyInstance;
  let address: string;

  beforeEach(async () => {
    app = fastify(anyRequest);
    hearOut(app);
    app.all<{ Params: { id: string } }>('/things/:id', async ({ params, query }) => ({ ...params, query }));
    address = await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(async () => {
    app.server.closeAllConnections();
    await app.close();
  });

  it.each([
    ['no UTF-8', '%FF', '%FF'],
    ['no encoding', '%zz', '%zz'],
    ['cut', '50%', '50%'],
    ['right', 'a%20b', 'a b'],
    ['long', 'x'.repeat(5_000), 'x'.repeat(5_000)],
  ])('reach their route with a parameter that is %s', async (_, written, id) => {
    expect(await (await fetch(`${address}/things/${written}?q=%FF&r=a?b`)).json()).toMatchObject({ id, query: { r: 'a?b' } });
  });

  it.each([
    ['is too large', 413, 'application/json'],
    ['is of another type', 415, 'image/png'],
  ])('are heard out after the answer that the body %s', async (_, status, type) => {
    const size = 8 * 1024 * 1024;
    const headers = { 'content-type': type, 'content-length': size };
    const sender = request(`${address}/things/1`, { method: 'POST', headers });
    sender.write('"');
    const [answer] = (await once(sender, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(status);
    answer.resume();
    // A closed connection is an error here: ECONNRESET or EPIPE.
    sender.end('x'.repeat(size - 1));
    await once(sender, 'close');
  });
});
