import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admitMember, ensureFirstOrganisation, type Actor } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { Deliverer, InProductChannel } from '#notices';
import { buildMessage, RecordingChannel } from '#notices/testing';
import { eventually } from '#test/eventually';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let actor: Actor;
let headers: Record<string, string>;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  actor = await makeOrganisation(database.db);
  headers = await api.signIn(actor);
});
afterAll(() => api.stop());

function bell(): InProductChannel {
  return new InProductChannel(database.db, { append: () => Promise.resolve() });
}

async function notify(memberId: string, ...titles: string[]): Promise<void> {
  const bound = {
    organisationId: actor.organisationId,
    connectionId: null,
    recipient: { memberId, displayName: 'Ada', email: null },
  };
  for (const title of titles)
    await bell().send(buildMessage({ ...bound, content: { title, sentences: [], facts: [], links: [] } }));
}

describe('the mail address of whoever asks', () => {
  const patch = (email: unknown, by = headers) => api.call('PATCH', 'me', { headers: by, body: { email } });

  it('is set by somebody for whom no identity provider speaks, and taken out again', async () => {
    expect((await patch('ada@contoso.example')).body).toMatchObject({ email: 'ada@contoso.example', emailIsProven: false });
    expect((await api.call('GET', 'notification-rules', { headers })).body['superAdmins']).toMatchObject([
      { id: actor.id, email: 'ada@contoso.example' },
    ]);
    expect((await patch('no address')).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await patch(null)).body).toMatchObject({ email: null });
  });

  it('belongs to one member, and is not changed where an identity provider gives it', async () => {
    const { organisationId } = actor;
    const colleague = { issuer: 'https://login.example', subject: 'grace', displayName: 'Grace', email: 'grace@contoso.example' };
    const { id } = (await database.db.transaction((tx) => admitMember(tx, organisationId, colleague, 'viewer')))!;
    expect(await patch('Grace@contoso.example')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    const grace = await api.signIn({ kind: 'person', id, organisationId, role: 'viewer' });
    expect((await api.call('GET', 'me', { headers: grace })).body).toMatchObject({ email: colleague.email, emailIsProven: true });
    expect(await patch('other@contoso.example', grace)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  });
});

describe('the notices under the bell', () => {
  const list = async (query = '') => (await api.call('GET', `notifications${query}`, { headers })).body;

  it('are listed newest first with their number, read one by one and up to what was seen', async () => {
    await notify(actor.id, 'first', 'second', 'third');
    const page = await list('?limit=2');
    expect(page).toMatchObject({
      items: [{ content: { title: 'third' }, readAt: null }, { content: { title: 'second' } }],
      unread: 3,
    });
    const rest = await list(`?cursor=${String(page['nextCursor'])}`);
    expect(rest).toMatchObject({ items: [{ content: { title: 'first' } }], nextCursor: null });
    const { id } = rest.items![0]!;
    const read = await api.call('POST', `notifications/${String(id)}/read`, { headers });
    expect(read.body).toMatchObject({ id, readAt: expect.any(String) as string });
    expect((await list('?unread=true')).items).toHaveLength(2);
    const upToPosition = page.items![1]!['position'];
    expect((await api.call('POST', 'notifications/read', { headers, body: { upToPosition } })).body).toEqual({ count: 1 });
    expect(await list('?unread=true')).toMatchObject({ items: [{ content: { title: 'third' } }], unread: 1 });
  });

  it('are nobody else’s (invariant 9)', async () => {
    await notify(actor.id, 'mine');
    const [mine] = (await list()).items!;
    const stranger = await api.signIn(await makeOrganisation(database.db));
    expect((await api.call('GET', 'notifications', { headers: stranger })).body).toMatchObject({ items: [], unread: 0 });
    const taken = await api.call('POST', `notifications/${String(mine!['id'])}/read`, { headers: stranger });
    expect(taken.status).toBe(404);
    expect((await api.call('GET', 'notifications/alerts', { headers })).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('the rules of who is told', () => {
  it('come with every kind by its title, and with whom a rule may name', async () => {
    const { body } = await api.call('GET', 'notification-rules', { headers });
    const kinds = body['kinds'] as { kind: string; title: string }[];
    expect(kinds.map(({ kind }) => kind)).toEqual(Object.keys(body['effective'] as object));
    expect(kinds.every(({ title }) => title.length > 10)).toBe(true);
    expect(body['superAdmins']).toEqual([{ id: actor.id, displayName: 'Adele Vance', email: null }]);
  });

  it('hold for every kind, and are changed at the organisation with an audit entry that holds no address', async () => {
    const { body } = await api.call('GET', 'notification-rules', { headers });
    expect(body).toMatchObject({
      connectionId: null,
      chosen: {},
      effective: { runFinished: { recipients: [], channels: [] }, runFailed: { channels: ['inProduct'] } },
    });
    const changed = await api.call('PUT', 'notification-rules', {
      headers,
      body: {
        rules: { runFinished: { channels: ['inProduct', 'webhook'] } },
        webhook: { url: 'https://receiver.example.com/hook/secret-path' },
      },
    });
    expect(changed.body).toMatchObject({
      chosen: { runFinished: { channels: ['inProduct', 'webhook'] } },
      destinations: [{ channel: 'webhook', host: 'receiver.example.com' }],
      webhookSecret: expect.stringMatching(/^whsec_/) as string,
    });
    const after = await api.call('GET', 'notification-rules', { headers });
    expect(after.body).not.toHaveProperty('webhookSecret');
    const audit = await api.call('GET', 'audit', { headers });
    expect(audit.body.items![0]).toMatchObject({ action: 'notices.rules' });
    expect(after.text + audit.text).not.toContain('secret-path');
  });

  it('name each faulty field, refuse this machine as a target, and are nobody else’s', async () => {
    const put = async (body: object, query = '') => (await api.call('PUT', `notification-rules${query}`, { headers, body })).body;
    expect(await put({ rules: { runFailed: { channels: ['pigeon'] } } })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await put({ rules: { runFailed: { channels: [], recipients: [randomUUID()] } } })).toMatchObject({
      errors: [{ field: 'rules.runFailed.recipients' }],
    });
    expect(await put({ webhook: { url: 'http://127.0.0.1:9/x' } })).toMatchObject({ errors: [{ field: 'webhook.url' }] });
    expect(await put({ rules: {} }, `?connectionId=${randomUUID()}`)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await api.call('GET', `notification-rules?connectionId=${randomUUID()}`, { headers })).status).toBe(404);
  });

  it('stand beside everybody’s own quiet hours and digest', async () => {
    const path = 'notification-preferences';
    expect((await api.call('GET', path, { headers })).body).toMatchObject({ quietHours: null });
    const chosen = { zone: 'Europe/London', quietHours: { from: '22:00', to: '06:30' }, digest: null };
    expect((await api.call('PUT', path, { headers, body: chosen })).body).toEqual(chosen);
    expect((await api.call('GET', path, { headers })).body).toEqual(chosen);
    expect((await api.call('PUT', path, { headers, body: { zone: 'Mars/Base' } })).status).toBe(400);
  });
});

describe('the test of a channel', () => {
  it('answers what the other side said, and stays among the deliveries', async () => {
    const webhook = new RecordingChannel('webhook');
    webhook.answer = { outcome: 'refused', code: '410', text: 'gone for good' };
    const channels = {
      inProduct: bell(),
      mail: new RecordingChannel('mail'),
      teams: new RecordingChannel('teams'),
      webhook,
    };
    const { db, clock } = api.services;
    const deliverer = new Deliverer({ db, channels, owner: 'test', log: silentLog, clock });
    const asked = api.call('POST', 'notification-channels/webhook/test', { headers, body: {} });
    await eventually(async () => expect(await deliverer.deliverNext()).toMatchObject({ outcome: 'refused' }));
    const { status, body } = await asked;
    expect([status, body['state']]).toEqual([200, 'failed']);
    expect(body['attempts']).toMatchObject([{ outcome: 'refused', code: '410', answer: 'gone for good' }]);
    const listed = await api.call('GET', 'notification-deliveries?state=failed', { headers });
    expect(listed.body.items).toEqual([body]);
    expect((await api.call('GET', `notification-deliveries/${String(body['id'])}`, { headers })).body).toEqual(body);
    const stranger = await api.signIn(await makeOrganisation(database.db));
    const taken = await api.call('GET', `notification-deliveries/${String(body['id'])}`, { headers: stranger });
    expect(taken.status).toBe(404);
    expect((await api.call('POST', 'notification-channels/pigeon/test', { headers, body: {} })).status).toBe(404);
  });
});
