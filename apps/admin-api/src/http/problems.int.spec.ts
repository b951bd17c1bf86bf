import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignInCode, ensureFirstOrganisation, FIRST_MEMBER_ID } from '#connections';
import { withDatabase } from '#database/testing';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

const ID = '00000000-0000-4000-8000-00000000000a';

/** As text: making text of so deep an object would itself need too much stack. */
function deep(levels: number): string {
  return `{"settings":{"guard":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
}

describe('every failure', () => {
  const failures = [
    ['a path that nothing serves', 'GET', '/api/v1/nothing', {}, 404, 'NOT_FOUND'],
    [
      'a body that is no JSON',
      'POST',
      '/api/v1/connections',
      { headers: { 'content-type': 'application/json' }, body: '{"name":' },
      400,
      'VALIDATION_FAILED',
    ],
    [
      'another media type',
      'POST',
      '/api/v1/connections',
      { headers: { 'content-type': 'application/xml' }, body: '<a/>' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a missing body', 'POST', '/api/v1/connections', {}, 400, 'VALIDATION_FAILED'],
    ['an array as body', 'POST', '/api/v1/connections', { body: [] }, 400, 'VALIDATION_FAILED'],
    ['no token', 'GET', '/api/v1/me', { as: 'nobody' }, 401, 'UNAUTHENTICATED'],
    ['an unknown query field', 'GET', '/api/v1/connections?page=2', {}, 400, 'VALIDATION_FAILED'],
    ['a query that the route does not read', 'GET', '/api/v1/me?page=2', {}, 400, 'VALIDATION_FAILED'],
    [
      'a body that the route does not read',
      'POST',
      `/api/v1/connections/${ID}/pause`,
      { body: { a: 1 } },
      400,
      'VALIDATION_FAILED',
    ],
    ['a text that nothing can store', 'GET', '/api/v1/accounts?q=%00', {}, 400, 'VALIDATION_FAILED'],
    ['half a character in a body', 'PATCH', '/api/v1/organisation', { body: { name: '\ud83d' } }, 400, 'VALIDATION_FAILED'],
    [
      'a body of endless depth',
      'PATCH',
      `/api/v1/connections/${ID}`,
      { headers: { 'content-type': 'application/json' }, body: deep(50_000) },
      400,
      'VALIDATION_FAILED',
    ],
  ] as const;

  it.each(failures)('%s is answered as problem details', async (_, method, path, options, status, code) => {
    const answer = await api.call(method, path, options);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, type: 'about:blank' });
    expect(answer.headers['x-correlation-id']).toBe(answer.body['correlationId']);
    for (const member of ['title', 'detail', 'remedy']) expect(answer.body[member]).not.toBe('');
  });

  it('of a field names it, also where the route reads no query or body', async () => {
    const named = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
      (await api.call(method, path, { body })).body['errors'];
    expect(await named('GET', 'me?page=2')).toEqual([{ field: 'page', message: 'is not a known field' }]);
    expect(await named('POST', `connections/${ID}/enable`, { now: true })).toEqual([
      { field: 'now', message: 'is not a known field' },
    ]);
    expect(await named('PATCH', `connections/${ID}`, { settings: { scope: { emailInclude: ['a', '\0'] } } })).toEqual([
      { field: 'settings.scope.emailInclude.1', message: 'holds a character that no text may hold' },
    ]);
  });

  it('of a body of several shapes says which', async () => {
    for (const body of [{}, { ids: [ID], connectionId: ID }]) {
      const answer = await api.call('POST', 'held-changes/release', { body });
      expect([answer.status, answer.body['detail']]).toEqual([400, expect.stringContaining('must have ids, or a connectionId')]);
    }
  });

  it('is not made of an empty body, of {} or of null where none is read', async () => {
    for (const body of [undefined, {}, 'null']) {
      const answer = await api.call('POST', `connections/${ID}/enable`, {
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect([body, answer.status]).toEqual([body, 404]);
    }
  });

  it('of a kind that nobody foresaw says nothing of its inside, and is logged under the correlation id', async () => {
    const logged: object[] = [];
    const log = { ...api.services.log, error: (fields: object) => void logged.push(fields) };
    const broken = await startAdminApi(database.db, database.url, {
      log,
      clock: () => {
        throw new Error('secret inside');
      },
    });
    const { status, body, text } = await broken.call('GET', '/sign-in?code=x');
    expect([status, body['code']]).toEqual([500, 'INTERNAL_ERROR']);
    expect(text).not.toContain('secret inside');
    expect(logged).toMatchObject([{ correlationId: body['correlationId'] }]);
    await broken.stop();
  });
});

describe('headers', () => {
  it('forbid framing, foreign scripts, sniffing and caching', async () => {
    const { headers } = await api.call('GET', 'me');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });
});

describe('signing in', () => {
  it('turns a one-time link into a session cookie that scripts cannot read', async () => {
    const code = await createSignInCode(database.db, FIRST_MEMBER_ID, new Date());
    const first = await api.call('GET', `/sign-in?code=${code}`, { as: 'nobody' });
    expect([first.status, first.headers['location']]).toEqual([303, '/']);
    expect(first.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/);
    const second = await api.call('GET', `/sign-in?code=${code}`, { as: 'nobody' });
    expect([second.status, second.body['code']]).toEqual([401, 'UNAUTHENTICATED']);
    const inBrowser = await api.call('GET', `/sign-in?code=${code}`, { as: 'nobody', headers: { accept: 'text/html,*/*' } });
    expect([inBrowser.status, inBrowser.headers['location']]).toEqual([303, '/?signIn=linkUsed']);
    expect(inBrowser.headers['set-cookie']).toBeUndefined();
    const cookie = String(first.headers['set-cookie']).split(';')[0]!;
    expect((await api.call('GET', 'me', { headers: { cookie } })).body).toMatchObject({ kind: 'person', role: 'superAdmin' });
    const forged = cookie.replace(/\..*/, '.AAAA');
    expect((await api.call('GET', 'me', { headers: { cookie: forged } })).status).toBe(401);
    expect(
      (await api.call('POST', '/sign-out', { headers: { cookie, host: 'a.example', origin: 'https://a.example' } })).status,
    ).toBe(204);
    expect((await api.call('GET', 'me', { headers: { cookie } })).status).toBe(401);
  });

  it('limits tries per address', async () => {
    const limited = await startAdminApi(database.db, database.url);
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt += 1)
      statuses.push((await limited.call('GET', '/sign-in?code=guess', { as: 'nobody' })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    await limited.stop();
  });
});
