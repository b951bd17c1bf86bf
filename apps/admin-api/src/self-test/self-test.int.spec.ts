import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { withDatabase } from '#database/testing';
import { ConsentMissingError } from '#graph-client';
import { person } from '../../testing/fake-tenant.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';
import type { Check } from './self-test.schemas.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

async function test(groups: string[], instance: AdminApi = api): Promise<{ ok: boolean; checks: Record<string, Check> }> {
  const { body: connection } = await instance.call('POST', 'connections', {
    body: {
      name: 'Contoso',
      tenantId: randomUUID(),
      credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'the-right-secret' },
      scope: { mode: 'groups', groups },
    },
  });
  const { status, body } = await instance.call('POST', `connections/${String(connection['id'])}/test`);
  expect(status).toBe(200);
  const checks = body['checks'] as Check[];
  return { ok: body['ok'] as boolean, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

describe('POST /connections/{id}/test', () => {
  it('passes on a tenant where everything is as it should be', async () => {
    const group = api.tenant.addGroup('Staff');
    const { ok, checks } = await test([group]);
    expect(ok).toBe(true);
    expect(checks['token']).toMatchObject({ ok: true, code: null, facts: { roles: ['Group.Read.All', 'User.Read.All'] } });
    expect(checks[`group:${group}`]).toMatchObject({ ok: true, code: null, facts: { displayName: 'Staff', memberCount: 1 } });
    expect(checks['webhook']).toMatchObject({ ok: true, facts: { mode: 'polling' } });
  });

  it('names the wrong secret with its remedy, and tries nothing else', async () => {
    const group = api.tenant.addGroup('Staff');
    api.tenant.secret = 'another';
    const { ok, checks } = await test([group]);
    api.tenant.secret = 'the-right-secret';
    expect(ok).toBe(false);
    expect(checks['token']).toMatchObject({
      ok: false,
      code: 'SECRET_INVALID',
      remedy: expect.stringContaining('Certificates & secrets') as string,
    });
    expect(Object.keys(checks).sort()).toEqual(['token', 'webhook']);
  });

  it('names the permission that is missing, and that people are unreadable without theirs', async () => {
    const error = new ConsentMissingError('Insufficient privileges', { operation: 'users.read', status: 403 }, 'User.Read.All');
    const granted = api.tenant.permissions;
    api.tenant.permissions = {
      ...granted,
      users: { outcome: 'missing', permission: 'User.Read.All', error },
      usersDelta: { outcome: 'missing', permission: 'User.Read.All', error },
    };
    const { ok, checks } = await test([]);
    api.tenant.permissions = granted;
    expect(ok).toBe(false);
    expect(checks['permission:users']).toMatchObject({ code: 'MEMBERS_UNREADABLE', facts: { permission: 'User.Read.All' } });
    expect(checks['permission:usersDelta']).toMatchObject({
      code: 'CONSENT_MISSING',
      message: expect.stringContaining('User.Read.All is missing') as string,
    });
    expect(checks['permission:groups']).toMatchObject({ ok: true });
  });

  it('says of each group what is wrong with it: gone, empty, nested, unreadable', async () => {
    const gone = randomUUID();
    const empty = api.tenant.addGroup('Empty', []);
    const nested = api.tenant.addGroup('Nested', [person(), person({ type: 'group' })]);
    const hidden = api.tenant.addGroup('Hidden', [person({ unreadable: true })]);
    const { ok, checks } = await test([gone, empty, nested, hidden]);
    expect(ok).toBe(false);
    const codes = [gone, empty, nested, hidden].map((id) => [checks[`group:${id}`]!.ok, checks[`group:${id}`]!.code]);
    expect(codes).toEqual([
      [false, 'GROUP_NOT_FOUND'],
      [true, 'GROUP_EMPTY'],
      [true, 'GROUP_CONTAINS_GROUPS'],
      [false, 'MEMBERS_UNREADABLE'],
    ]);
  });

  describe('with a public address', () => {
    const servers: Server[] = [];
    afterAll(() => servers.forEach((server) => server.close()));

    async function serve(answer: (url: URL) => string): Promise<string> {
      const server = createServer((request, response) => response.end(answer(new URL(request.url ?? '/', 'http://localhost'))));
      servers.push(server);
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    async function webhookCheck(publicUrl: string): Promise<Check> {
      const instance = await startAdminApi(database.db, database.url, { publicUrl });
      const { checks } = await test([], instance);
      await instance.stop();
      return checks['webhook']!;
    }

    it('proves that the webhook gives the validation token back', async () => {
      const publicUrl = await serve((url) =>
        url.pathname === '/base/webhooks/graph/notifications' ? (url.searchParams.get('validationToken') ?? '') : 'no',
      );
      expect(await webhookCheck(`${publicUrl}/base`)).toMatchObject({ ok: true, code: null });
    });

    it('names an address that answers something else, or nobody', async () => {
      expect(await webhookCheck(await serve(() => '<html>parked</html>'))).toMatchObject({
        ok: false,
        code: 'WEBHOOK_UNREACHABLE',
        facts: { status: 200 },
      });
      expect(await webhookCheck('http://127.0.0.1:9')).toMatchObject({ ok: false, code: 'WEBHOOK_UNREACHABLE' });
    });
  });
});

describe('POST /connections/test', () => {
  const tried = (groups: string[], clientSecret = 'the-right-secret') =>
    api.call('POST', 'connections/test', {
      body: { tenantId: randomUUID(), credential: { clientId: randomUUID(), clientSecret }, groups },
    });

  it('tries ids, secret, permissions and groups before anything is saved', async () => {
    const group = api.tenant.addGroup('Unsaved');
    const { status, body } = await tried([group, 'Unsaved']);
    expect(status).toBe(200);
    const names = (body['checks'] as Check[]).map(({ name, ok }) => [name, ok]);
    expect(names).toContainEqual(['token', true]);
    expect(names).toContainEqual([`group:${group}`, true]);
    expect(names).toContainEqual(['group:Unsaved', true]);
    expect(names).toContainEqual(['permission:users', true]);
    const { body: list } = await api.call('GET', 'connections');
    expect(JSON.stringify(list)).not.toContain('Unsaved');
  });

  it('names the entry that fails, with the candidates of an ambiguous name', async () => {
    api.tenant.addGroup('Twice');
    api.tenant.addGroup('Twice');
    const { body } = await tried(['Twice', 'Nowhere']);
    const checks = Object.fromEntries((body['checks'] as Check[]).map((check) => [check.name, check]));
    expect(checks['group:Twice']).toMatchObject({ ok: false, code: 'GROUP_NAME_AMBIGUOUS' });
    expect(checks['group:Twice']?.facts['candidates']).toHaveLength(2);
    expect(checks['group:Nowhere']).toMatchObject({ ok: false, code: 'GROUP_NOT_FOUND' });
  });

  it('tells the roles of the token that was probed with, also where the consent came after the first one', async () => {
    api.tenant.rolesOfNextTokens.push([], ['GroupMember.Read.All']);
    const { body } = await tried([]);
    expect((body['checks'] as Check[])[0]).toMatchObject({ name: 'token', facts: { roles: ['GroupMember.Read.All'] } });
  });

  it('says that the secret is wrong, and repeats it nowhere (invariant 10)', async () => {
    const { body, text } = await tried([], 'another-secret-value');
    expect(body['checks']).toMatchObject([{ name: 'token', ok: false, code: 'SECRET_INVALID' }]);
    expect(text).not.toContain('another-secret-value');
  });
});
