import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_ORGANISATION_ID } from '#connections';
import { buildEvent, connectionEnabledV1 } from '#contracts';
import { withDatabase } from '#database/testing';
import { FeedWriter } from '#messaging';
import { eventually } from '#test/eventually';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let port: number;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  await api.app.listen(0, '127.0.0.1');
  port = (api.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => api.stop());

async function follow(lastEventId?: string): Promise<{ text: () => string; response: IncomingMessage }> {
  const headers = {
    authorization: `Bearer ${api.services.adminToken}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    get({ host: '127.0.0.1', port, path: '/api/v1/events', headers }, answered).on('error', failed);
  });
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await eventually(() => expect(text).toContain(': connected'), { deadlineMs: 5_000 });
  return { text: () => text, response };
}

async function happen(organisationId: string = FIRST_ORGANISATION_ID): Promise<string> {
  const id = randomUUID();
  const connectionId = randomUUID();
  const data = { organisationId, connectionId, code: null, object: {} };
  await new FeedWriter(database.db).append(
    buildEvent(connectionEnabledV1, { id, source: '/test', key: connectionId, time: new Date() }, data),
  );
  return id;
}

describe('GET /events', () => {
  it('sends an event with its type and a cursor, and goes on after the cursor', async () => {
    const { text, response } = await follow('0');
    const first = await happen();
    await eventually(() => expect(text()).toContain(first), { deadlineMs: 5_000 });
    expect(response.headers['content-type']).toContain('text/event-stream');
    const [, cursor] = /id: (\d+)\nevent: rollcall\.connection\.enabled\ndata: \{"specversion":"1\.0"/.exec(text()) ?? [];
    response.destroy();
    const second = await happen();
    const resumed = await follow(cursor);
    await eventually(() => expect(resumed.text()).toContain(second), { deadlineMs: 5_000 });
    expect(resumed.text()).not.toContain(first);
    resumed.response.destroy();
  });

  it('shows nothing of another organisation (invariant 9)', async () => {
    const { text, response } = await follow('0');
    const foreign = await happen(randomUUID());
    const own = await happen();
    await eventually(() => expect(text()).toContain(own), { deadlineMs: 5_000 });
    expect(text()).not.toContain(foreign);
    response.destroy();
  });

  it('does not keep the process alive', async () => {
    const instance = await startAdminApi(database.db, database.url);
    await instance.app.listen(0, '127.0.0.1');
    const address = instance.app.getHttpServer().address() as AddressInfo;
    const headers = { authorization: `Bearer ${instance.services.adminToken}` };
    const response = await new Promise<IncomingMessage>((answered, failed) => {
      get({ host: '127.0.0.1', port: address.port, path: '/api/v1/events', headers }, answered).on('error', failed);
    });
    const ended = new Promise<void>((done) => response.resume().on('close', () => done()));
    const startedAt = Date.now();
    await Promise.all([instance.stop(), ended]);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});
