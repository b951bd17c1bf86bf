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
