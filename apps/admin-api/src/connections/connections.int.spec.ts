import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { buildConnectionBody, connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.tenant.secret = 'the-right-secret';
  api.tenant.groups.length = 0;
});

const newConnection = (overrides: Record<string, unknown> = {}) => buildConnectionBody(api, overrides);
const create = (overrides: Record<string, unknown> = {}) => connect(api, overrides);

describe('POST /connections', () => {
  it('stores a connection switched off, without asking Graph where groups are ids', async () => {
    const before = api.tenant.tokenRequests;
    const body = newConnection();
    const answer = await api.call('POST', 'connections', { body });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      name: 'Contoso',
      tenantId: body.tenantId,
      cloud: 'global',
      state: 'created',
      scope: body.scope,
    });
    expect(answer.headers['etag']).toBe('"v1"');
    expect(api.tenant.tokenRequests).toBe(before);
  });

  it('never gives the secret back, in no answer and no list (invariant 10)', async () => {
    api.tenant.secret = 'a-very-secret-value';
    const { id } = await create({
      credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'a-very-secret-value' },
    });
    for (const path of [
      `connections/${id}`,
      'connections',
      'audit',
      'me',
      `connections/${id}/test`,
      `connections/${id}/enable`,
    ]) {
      const method = path.endsWith('test') || path.endsWith('enable') ? 'POST' : 'GET';
      const { text, status } = await api.call(method, path);
      expect(status).toBe(200);
      expect(text).not.toContain('a-very-secret-value');
    }
  });

  it('takes an exact group name and stores the id', async () => {
    const id = api.tenant.addGroup('Sales');
    const { body } = await api.call('POST', 'connections', {
      body: newConnection({ scope: { mode: 'groups', groups: ['Sales', id.toUpperCase()] } }),
    });
    expect(body).toMatchObject({ scope: { groups: [id] }, watchedGroups: [{ id, displayName: 'Sales' }] });
  });

  it('names a group that is not there, and the candidates of an ambiguous name', async () => {
    const unknown = await api.call('POST', 'connections', {
      body: newConnection({ scope: { mode: 'groups', groups: ['Nobody'] } }),
    });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toMatchObject({ code: 'GROUP_NOT_FOUND', group: 'Nobody' });
    const candidates = [api.tenant.addGroup('Twins'), api.tenant.addGroup('Twins')];
    const twins = await api.call('POST', 'connections', {
      body: newConnection({ scope: { mode: 'groups', groups: ['Twins'] } }),
    });
    expect(twins.body).toMatchObject({ code: 'GROUP_NAME_AMBIGUOUS', candidates: candidates.map((id) => ({ id })) });
    expect(twins.body['detail']).toContain('"Twins"');
  });

  it('with enabled:true proves the secret first and stores nothing when it is wrong', async () => {
    const body = newConnection({ enabled: true });
    api.tenant.secret = 'another';
    const refused = await api.call('POST', 'connections', { body });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'SECRET_INVALID', aadsts: 7000215 });
    expect(refused.headers['content-type']).toContain('application/problem+json');
    api.tenant.secret = 'the-right-secret';
    const accepted = await api.call('POST', 'connections', { body });
    expect(accepted.status).toBe(201);
    expect(accepted.body).toMatchObject({ state: 'enabled' });
  });

  it('refuses the same tenant and application twice', async () => {
    const body = newConnection();
    const first = await api.call('POST', 'connections', { body });
    const second = await api.call('POST', 'connections', { body });
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'CONNECTION_EXISTS', connectionId: first.body['id'] });
  });

  it('names every unknown and every faulty field', async () => {
    const { status, body } = await api.call('POST', 'connections', {
      body: {
        ...newConnection({ tenantId: 'contoso' }),
        colour: 'red',
        credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'x', pin: 1 },
      },
    });
    expect(status).toBe(400);
    expect(body['code']).toBe('VALIDATION_FAILED');
    expect((body['errors'] as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'colour',
      'credential.pin',
      'tenantId',
    ]);
  });

  it('refuses unknown and unavailable settings by their names', async () => {
    const unknown = await api.call('POST', 'connections', { body: newConnection({ settings: { guard: { maxRemoval: 5 } } }) });
    expect(unknown.status).toBe(400);
    expect(unknown.body['errors']).toEqual([{ field: 'settings.guard.maxRemoval', message: 'is not a known setting' }]);
    const later = await api.call('POST', 'connections', { body: newConnection({ settings: { include: { nested: true } } }) });
    expect(later.body).toMatchObject({ code: 'SETTING_NOT_AVAILABLE', settings: ['include.nested'] });
  });

  it('with an Idempotency-Key makes one connection of two equal requests', async () => {
    const body = newConnection();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await api.call('POST', 'connections', { body, headers });
    const second = await api.call('POST', 'connections', { body, headers });
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    const other = await api.call('POST', 'connections', { body: newConnection(), headers });
    expect(other.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('frees the Idempotency-Key of a request that failed', async () => {
    const body = newConnection({ enabled: true });
    const headers = { 'idempotency-key': randomUUID() };
    api.tenant.secret = 'another';
    expect((await api.call('POST', 'connections', { body, headers })).status).toBe(422);
    api.tenant.secret = 'the-right-secret';
    expect((await api.call('POST', 'connections', { body, headers })).status).toBe(201);
  });
});

describe('PATCH /connections/{id}', () => {
  it('merges settings, and honours If-Match', async () => {
    const { id } = await create();
    const patched = await api.call('PATCH', `connections/${id}`, {
      body: { settings: { guard: { maxRemovals: 25 } } },
      headers: { 'if-match': '"v1"' },
    });
    expect(patched.status).toBe(200);
    expect(patched.headers['etag']).toBe('"v2"');
    expect(patched.body).toMatchObject({ settings: { guard: { maxRemovals: 25, maxRemovalPercent: 20 } } });
    const late = await api.call('PATCH', `connections/${id}`, { body: { name: 'Late' }, headers: { 'if-match': '"v1"' } });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: 'PRECONDITION_FAILED', version: 2 });
  });

  it('applies both of two changes that come at the same moment without If-Match', async () => {
    const { id } = await create();
    await Promise.all([
      api.call('PATCH', `connections/${id}`, { body: { settings: { guard: { maxRemovals: 30 } } } }),
      api.call('PATCH', `connections/${id}`, { body: { settings: { apply: 'reviewAll' } } }),
    ]);
    const { body } = await api.call('GET', `connections/${id}`);
    expect(body).toMatchObject({ settings: { guard: { maxRemovals: 30 }, apply: 'reviewAll' } });
  });

  it('proves a new secret before it replaces the old', async () => {
    const { id } = await create();
    const wrong = await api.call('PATCH', `connections/${id}`, { body: { credential: { clientSecret: 'mistyped' } } });
    expect(wrong.body).toMatchObject({ code: 'SECRET_INVALID' });
    expect((await api.call('POST', `connections/${id}/enable`)).status).toBe(200);
    api.tenant.secret = 'the-next-secret';
    const right = await api.call('PATCH', `connections/${id}`, {
      body: { credential: { clientSecret: 'the-next-secret', expiresAt: '2027-01-31' } },
    });
    expect(right.body).toMatchObject({ credential: { expiresAt: '2027-01-31T00:00:00.000Z', problem: null } });
  });

  it('changes the scope by id without Graph while off, and proves a new group while live', async () => {
    const { id } = await create();
    const other = api.tenant.addGroup('Other');
    const off = await api.call('PATCH', `connections/${id}`, { body: { scope: { groups: [other] } } });
    expect(off.body).toMatchObject({ scope: { mode: 'groups', groups: [other] } });
    await api.call('POST', `connections/${id}/enable`);
    const unknown = await api.call('PATCH', `connections/${id}`, { body: { scope: { groups: [other, randomUUID()] } } });
    expect(unknown.body).toMatchObject({ code: 'GROUP_NOT_FOUND' });
    expect((await api.call('GET', `connections/${id}`)).body).toMatchObject({
      scope: { groups: [other] },
      watchedGroups: [{ displayName: 'Other' }],
    });
  });

  it('leaves the rest of the scope as it is: a filter or the mode alone takes no group out of it', async () => {
    const group = randomUUID();
    const { id } = await create({ scope: { mode: 'groups', groups: [group] } });
    const change = (scope: object) => api.call('PATCH', `connections/${id}`, { body: { scope } });
    expect((await change({ emailInclude: ['@contoso.example'] })).body).toMatchObject({ watchedGroups: [{ id: group }] });
    expect((await change({ mode: 'allUsers' })).body).toMatchObject({
      scope: { mode: 'allUsers', groups: [group], emailInclude: ['@contoso.example'] },
    });
  });

  it('goes live without any group where everybody of the tenant is in scope, and only there', async () => {
    const { id } = await create({ scope: { mode: 'groups', groups: [] } });
    expect((await api.call('POST', `connections/${id}/enable`)).body).toMatchObject({ code: 'CONFLICT' });
    await api.call('PATCH', `connections/${id}`, { body: { scope: { mode: 'allUsers' } } });
    expect((await api.call('POST', `connections/${id}/enable`)).body).toMatchObject({ state: 'enabled', watchedGroups: [] });
    expect((await api.call('POST', `connections/${id}/sync-runs`, { body: { kind: 'full' } })).status).toBe(202);
  });
});

describe('GET /connections', () => {
  it('lists page by page and refuses a limit or cursor that is none', async () => {
    await Promise.all([create(), create(), create()]);
    const first = await api.call('GET', 'connections?limit=2');
    expect(first.body.items).toHaveLength(2);
    const rest = await api.call('GET', `connections?limit=1000&cursor=${String(first.body['nextCursor'])}`);
    const ids = [...(first.body.items ?? []), ...(rest.body.items ?? [])].map((item) => item['id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rest.body['nextCursor']).toBeNull();
    for (const query of ['limit=0', 'limit=1001', 'cursor=nonsense', 'colour=red']) {
      expect((await api.call('GET', `connections?${query}`)).status).toBe(400);
    }
  });

  it('answers 404 for the ids of other organisations, and for ids that are none (invariant 9)', async () => {
    const { id } = await create();
    const headers = await api.signIn(await makeOrganisation(database.db));
    const requests = [
      ['GET', `connections/${id}`],
      ['PATCH', `connections/${id}`],
      ['DELETE', `connections/${id}`],
      ['POST', `connections/${id}/enable`],
      ['POST', `connections/${id}/pause`],
      ['POST', `connections/${id}/test`],
      ['GET', 'connections/nonsense'],
    ] as const;
    for (const [method, path] of requests) {
      const { status, body } = await api.call(method, path, { headers, ...(method === 'PATCH' ? { body: {} } : {}) });
      expect([path, status, body['code']]).toEqual([path, 404, 'NOT_FOUND']);
    }
    expect((await api.call('GET', 'connections', { headers })).body.items).toEqual([]);
  });
});
