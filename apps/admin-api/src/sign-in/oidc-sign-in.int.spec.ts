import { Agent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_ORGANISATION_ID, listAudit, listMembers } from '#connections';
import { withDatabase } from '#database/testing';
import { startSimulator, type RunningSimulator } from '#test/simulator';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';
import { IdentityProvider } from './identity-provider.js';

/** undici's own fetch, since that of Node 20 takes no dispatcher of another version. */
const throughAgent = undiciFetch as unknown as (url: string, options: object) => Promise<Response>;

const database = withDatabase(adminApiOwners);
let simulator: RunningSimulator;
let agent: Agent;
let api: AdminApi;
let now = new Date();

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  simulator = await startSimulator();
  agent = new Agent({ connect: { ca: simulator.caPem } });
  const { authorityHost, tenantId, clientId, clientSecret } = simulator;
  const identityProvider = new IdentityProvider({
    issuer: `${authorityHost}/${tenantId}/v2.0`,
    clientId,
    clientSecret,
    fetch: (url, options) => throughAgent(url, { ...options, dispatcher: agent }),
  });
  api = await startAdminApi(database.db, database.url, { identityProvider, clock: () => now });
});
afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await agent.destroy();
});

const host = 'localhost:3000';
const get = (path: string, cookies: string[] = []) =>
  api.call('GET', path, { as: 'nobody', headers: { host, cookie: cookies.join('; ') } });
const cookiesOf = ({ headers }: { headers: Record<string, unknown> }) =>
  [(headers['set-cookie'] ?? []) as string | string[]]
    .flat()
    .map((cookie) => cookie.split(';')[0]!)
    .filter((cookie) => !cookie.endsWith('='));

/** Begins, chooses somebody on the provider's page, and brings the answer to the callback: `/sign-in/callback?…`. */
async function begin(as: string, returnTo = '/people') {
  const begun = await get(`/sign-in/oidc?returnTo=${encodeURIComponent(returnTo)}`);
  const page = new URL(String(begun.headers['location']));
  page.searchParams.set('as', as);
  const chosen = await fetch(page, { redirect: 'manual' });
  const back = new URL(chosen.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(`http://${host}/sign-in/callback`);
  return { begun, callback: `${back.pathname}${back.search}`, cookies: cookiesOf(begun) };
}

async function signIn(as: string, returnTo?: string) {
  const { callback, cookies } = await begin(as, returnTo);
  const answer = await get(callback, cookies);
  return { answer, location: answer.headers['location'], cookies: cookiesOf(answer) };
}

describe('signing in at the identity provider', () => {
  it('is offered where one is configured', async () => {
    expect((await get('/sign-in/ways')).body).toEqual({ token: true, identityProvider: true });
  });

  it('asks for a code with PKCE, state and nonce, and keeps the verifier to itself', async () => {
    const { begun } = await begin('gloria@contoso.example');
    const asked = new URL(String(begun.headers['location'])).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)!.length).toBeGreaterThanOrEqual(43);
    expect(String(begun.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax; Max-Age=600/);
    expect(begun.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['gloria@contoso.example', 'superAdmin', ['sync.configure', 'sync.run', 'sync.approve', 'sync.read']],
    ['ines@contoso.example', 'itAdmin', ['sync.configure', 'sync.run', 'sync.read']],
    ['viktor@contoso.example', 'viewer', ['sync.read']],
  ])('gives %s the role of the token, %s, and goes back to the page', async (as, role, permissions) => {
    const { location, cookies } = await signIn(as, '/sync-runs?state=completed');
    expect(location).toBe('/sync-runs?state=completed');
    const { body } = await get('/api/v1/me', cookies);
    expect(body).toMatchObject({ kind: 'person', role, permissions });
    expect((await get('/api/v1/connections', cookies)).status).toBe(200);
  });

  it('knows the same person again, with the name and role of now, and audits the change', async () => {
    await signIn('viktor@contoso.example');
    const before = await listMembers(database.db, FIRST_ORGANISATION_ID);
    simulator.control.setAdministratorClaims('viktor@contoso.example', { roles: ['itAdmin'] });
    await signIn('viktor@contoso.example');
    const after = await listMembers(database.db, FIRST_ORGANISATION_ID);
    expect(after).toHaveLength(before.length);
    expect(after.find(({ email }) => email === 'viktor@contoso.example')).toMatchObject({ role: 'itAdmin' });
    const [entry] = await listAudit(database.db, FIRST_ORGANISATION_ID, { limit: 1 });
    expect(entry).toMatchObject({ action: 'member.changeRole', before: { role: 'viewer' }, after: { role: 'itAdmin' } });
  });

  it('gives nobody without a role a session, and says whom to ask', async () => {
    await signIn('gloria@contoso.example');
    const { location, cookies } = await signIn('nora@contoso.example');
    expect(location).toBe('/?signIn=noRole');
    expect((await get('/api/v1/me', cookies)).status).toBe(401);
    const { body } = await get('/sign-in/whom-to-ask', cookies);
    expect(body).toMatchObject({ displayName: 'Nora Norole', email: 'nora@contoso.example' });
    expect(body['superAdmins']).toEqual([{ displayName: 'Gloria Global', email: 'gloria@contoso.example' }]);
    expect((await get('/sign-in/whom-to-ask')).status).toBe(401);
  });

  it('ends every session of somebody who comes back without a role', async () => {
    const { cookies } = await signIn('ines@contoso.example');
    expect((await get('/api/v1/me', cookies)).status).toBe(200);
    simulator.control.setAdministratorClaims('ines@contoso.example', { roles: [] });
    await signIn('ines@contoso.example');
    expect((await get('/api/v1/me', cookies)).status).toBe(401);
    const members = await listMembers(database.db, FIRST_ORGANISATION_ID);
    expect(members.map(({ email }) => email)).not.toContain('ines@contoso.example');
    simulator.control.setAdministratorClaims('ines@contoso.example', { roles: ['itAdmin'] });
    expect((await get('/api/v1/me', (await signIn('ines@contoso.example')).cookies)).body['role']).toBe('itAdmin');
  });

  it('comes back with the reason where it was declined, altered, repeated or too late', async () => {
    expect((await signIn('nobody')).location).toBe('/?signIn=declined');
    const { callback, cookies } = await begin('gloria@contoso.example');
    const other = await begin('gloria@contoso.example');
    expect((await get(callback)).headers['location']).toBe('/?signIn=expired');
    expect((await get(callback, other.cookies)).headers['location']).toBe('/?signIn=failed');
    expect((await get(callback, [cookies[0]!.replace(/=./, '=!')])).headers['location']).toBe('/?signIn=expired');
    expect((await get(callback, cookies)).headers['location']).toBe('/people');
    expect((await get(callback, cookies)).headers['location']).toBe('/?signIn=failed');
    now = new Date(now.getTime() + 601_000);
    expect((await get(other.callback, other.cookies)).headers['location']).toBe('/?signIn=expired');
  });

  it('leads to no other site, and believes a Host header for this machine only', async () => {
    expect((await signIn('gloria@contoso.example', 'https://evil.example/')).location).toBe('/');
    const foreign = await api.call('GET', '/sign-in/oidc', { as: 'nobody', headers: { host: 'evil.example' } });
    expect([foreign.status, foreign.body['code']]).toEqual([409, 'CONFLICT']);
  });

  it('shows neither the secret of the client nor a token in any answer (invariant 10)', async () => {
    const { answer } = await signIn('gloria@contoso.example');
    expect(JSON.stringify([answer.headers, answer.text])).not.toContain(simulator.clientSecret);
    expect(JSON.stringify([answer.headers, answer.text])).not.toContain('eyJ0eXAi');
  });
});

describe('without an identity provider that answers', () => {
  it('says so on the sign-in page, and asks again the next time', async () => {
    const away = new IdentityProvider({ issuer: 'https://127.0.0.1:1/v2.0', clientId: 'id', clientSecret: 'secret' });
    const other = await startAdminApi(database.db, database.url, { identityProvider: away });
    const answer = await other.call('GET', '/sign-in/oidc', { as: 'nobody', headers: { host } });
    expect(answer.headers['location']).toBe('/?signIn=unavailable');
    await other.stop();
  });

  it('is not found where none is configured', async () => {
    const none = await startAdminApi(database.db, database.url);
    expect((await none.call('GET', '/sign-in/ways', { as: 'nobody' })).body['identityProvider']).toBe(false);
    expect((await none.call('GET', '/sign-in/oidc', { as: 'nobody', headers: { host } })).status).toBe(404);
    await none.stop();
  });
});
