import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
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

const signIn = (token: string, origin = 'http://localhost') =>
  api.call('POST', '/sign-in', { as: 'nobody', body: { token }, headers: { host: 'localhost', origin } });

describe('signing in with the API token', () => {
  it('opens a session that the API takes, and shows the token nowhere (invariant 10)', async () => {
    const { status, headers, text } = await signIn(api.services.adminToken);
    expect(status).toBe(204);
    expect(JSON.stringify([headers, text])).not.toContain(api.services.adminToken);
    const cookie = String(headers['set-cookie']).split(';')[0]!;
    const me = await api.call('GET', 'me', { as: 'nobody', headers: { cookie } });
    expect([me.status, me.body['role']]).toEqual([200, 'superAdmin']);
  });

  it('names what is wrong with a body or a link of another shape', async () => {
    const other = await startAdminApi(database.db, database.url);
    for (const body of [{}, { token: 5 }, { token: 'x', remember: true }, []]) {
      const answer = await other.call('POST', '/sign-in', { as: 'nobody', body });
      expect([body, answer.status, answer.body['code']]).toEqual([body, 400, 'VALIDATION_FAILED']);
    }
    for (const path of ['/sign-in?code=a&code=b', '/sign-in/oidc?returnTo=/a&returnTo=/b']) {
      const twice = await other.call('GET', path, { as: 'nobody' });
      expect([path, twice.status, twice.body['code']]).toEqual([path, 400, 'VALIDATION_FAILED']);
    }
    const tagged = await other.call('GET', '/sign-in?code=a&utm_source=mail', { as: 'nobody' });
    expect(tagged.status).toBe(401);
    await other.stop();
  });

  it('refuses another token, another origin, and too many tries', async () => {
    expect((await signIn('something-else-entirely')).body['code']).toBe('UNAUTHENTICATED');
    expect((await signIn(api.services.adminToken, 'https://evil.example')).body['code']).toBe('FORBIDDEN');
    for (let attempt = 0; attempt < 10; attempt += 1) await signIn('something-else-entirely');
    const limited = await signIn(api.services.adminToken);
    expect([limited.status, limited.body['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(limited.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const byLink = await api.call('GET', '/sign-in?code=x', { as: 'nobody' });
    expect(byLink.body['code']).toBe('RATE_LIMITED');
    const elsewhere = await api.call('GET', '/sign-in/callback', { as: 'nobody' });
    expect(elsewhere.body['code']).toBe('NOT_FOUND');
  });
});
