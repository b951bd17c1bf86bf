import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { FIRST_ORGANISATION_ID, PostgresThrottleGate, SecretBox } from '#connections';
import { silentLog } from '#contracts';
import { cloudEndpoints } from '#graph-client';
import { EmbeddedLogEngine } from '#messaging';
import { runService, sharedGraphDoor } from '#service-host';
import { adminApiService } from '../../apps/admin-api/src/admin-api-service.js';
import { freePort } from '../../test/support/free-port.js';
import { withClient } from '../support/bench-postgres.js';
import { seedOrganisation, type Seeded, type Size } from './seed-organisation.js';

export interface ApiUnderBench {
  readonly seeded: Seeded;
  /** Sends a GET and answers how many milliseconds it took to the last byte, and the body. */
  get(path: string): Promise<{ readonly ms: number; readonly body: unknown }>;
  stop(): Promise<void>;
}

/** The admin API as it is shipped, over HTTP, on a database with so much in it. */
export async function apiUnderBench(databaseUrl: string, size: Size): Promise<ApiUnderBench> {
  const adminToken = randomBytes(24).toString('hex');
  const port = await freePort();
  const graph = sharedGraphDoor(cloudEndpoints({}), ({ db, clock }) => new PostgresThrottleGate(db, clock));
  const service = await runService(
    adminApiService({
      secretBox: SecretBox.fromText(randomBytes(32).toString('base64')),
      adminToken,
      publicUrl: null,
      identityProvider: null,
      simulatedTenant: null,
      settleMs: 900_000,
      sweepIntervalMs: 300_000,
      graph,
    }),
    {
      httpPort: port,
      httpHost: '127.0.0.1',
      databaseUrl,
      maxConnections: 10,
      engine: (db, listener) => new EmbeddedLogEngine({ db, listener, log: silentLog }),
      log: silentLog,
      stopping: new AbortController().signal,
    },
  );
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const send = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const payload = body === undefined ? null : JSON.stringify(body);
    const startedAt = performance.now();
    const answer = await request(`${service.address}/api/v1/${path}`, { dispatcher, method, headers, body: payload });
    const text = await answer.body.text();
    const ms = performance.now() - startedAt;
    if (answer.statusCode >= 300) throw new Error(`${path} was answered ${answer.statusCode}: ${text}`);
    return { ms, body: JSON.parse(text) as unknown };
  };
  const groups = { largeGroupId: randomUUID(), smallGroupId: randomUUID() };
  const { body } = await send('POST', 'connections', {
    name: 'Large',
    tenantId: randomUUID(),
    credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'not asked of anybody' },
    scope: { mode: 'groups', groups: Object.values(groups) },
  });
  const { id: connectionId } = body as { id: string };
  const seeded = { organisationId: FIRST_ORGANISATION_ID, connectionId, ...groups };
  await withClient(databaseUrl, (client) => seedOrganisation(client, seeded, size));
  return {
    seeded,
    get: (path) => send('GET', path),
    stop: async () => {
      await dispatcher.close();
      await service.stop();
    },
  };
}
