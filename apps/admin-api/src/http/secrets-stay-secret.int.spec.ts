import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_MEMBER_ID, FIRST_ORGANISATION_ID } from '#connections';
import type { Log } from '#contracts';
import { withDatabase } from '#database/testing';
import { livedInOrganisation, type LivedInOrganisation } from '../../testing/lived-in-organisation.js';
import { publishedRoutes, type PublishedRoute } from '../../testing/published-routes.js';
import { startAdminApi, type AdminApi, type Answer } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const CLIENT_SECRET = 'the-right-secret';
const WRONG_SECRET = 'a-mistyped-but-real-secret-of-somebody';
const WEBHOOK_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const TEAMS_SIGNATURE = `sig-${randomBytes(12).toString('hex')}`;
const WEBHOOK_PATH = `hook-${randomBytes(12).toString('hex')}`;

let api: AdminApi;
let ours: LivedInOrganisation;
let routes: PublishedRoute[];
let cookie: string;
const answers: string[] = [];
const logged: string[] = [];

/** Keeps every line with all that an error carries. */
const noteLine = (fields: object, message: string) =>
  void logged.push(
    `${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? unfold(value) : value))}`,
  );
const log: Log = { debug: noteLine, info: noteLine, warn: noteLine, error: noteLine };

function unfold(error: Error): object {
  return { ...(error as object), message: error.message, stack: error.stack, cause: error.cause };
}

async function call(...request: Parameters<AdminApi['call']>): Promise<Answer> {
  const answer = await api.call(...request);
  answers.push(`${request[0]} ${request[1]} ${JSON.stringify(answer.headers)} ${answer.text}`);
  return answer;
}

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url, { log, noticesToLoopback: true });
  routes = await publishedRoutes(api);
  ours = await livedInOrganisation(api);
  const member = { kind: 'person', id: FIRST_MEMBER_ID, organisationId: FIRST_ORGANISATION_ID, role: 'superAdmin' } as const;
  cookie = (await api.signIn(member))['cookie']!;
});
afterAll(() => api.stop());

describe('no secret is in any answer or log (invariant 10)', () => {
  it('of commands that take one, right, wrong or misspelt', async () => {
    const credential = { kind: 'clientSecret', clientId: randomUUID(), clientSecret: CLIENT_SECRET };
    const body = { name: 'Another', tenantId: randomUUID(), credential, scope: { mode: 'groups', groups: [ours.groupId] } };
    const wrong = { ...body, credential: { ...credential, clientSecret: WRONG_SECRET } };
    const made = await call('POST', 'connections', { body });
    expect(made.status).toBe(201);
    await call('POST', 'connections', { body: { ...wrong, enabled: true } });
    await call('POST', 'connections', { body: { ...wrong, colour: 'red' } });
    await call('POST', 'connections', { body: { ...body, credential: { ...credential, clientSecret: [WRONG_SECRET] } } });
    await call('POST', 'connections', { body: { ...wrong, name: '' }, headers: { 'idempotency-key': 'again' } });
    await call('POST', 'connections/preview', { body: wrong });
    await call('POST', 'connections/test', { body: { ...wrong, groups: [ours.groupId] } });
    const path = `connections/${String(made.body['id'])}`;
    await call('PATCH', path, { body: { credential: { clientSecret: WRONG_SECRET } } });
    await call('PATCH', path, { body: { credential: { clientSecret: CLIENT_SECRET } } });
    await call('POST', `${path}/test`);
    await call('PUT', 'notification-rules', {
      body: {
        teams: { url: `https://example.com/workflows/1?sig=${TEAMS_SIGNATURE}` },
        webhook: { url: `https://example.com/${WEBHOOK_PATH}`, secret: WEBHOOK_SECRET },
      },
    });
    await call('PUT', 'notification-rules', { body: { webhook: { url: 'ftp://example.com', secret: WEBHOOK_SECRET } } });
    await call('POST', '/sign-in', { as: 'nobody', body: { token: `${api.services.adminToken}x` } });
    await call('GET', 'me', { as: 'nobody', headers: { authorization: `Bearer ${api.services.adminToken}x` } });
  });

  it('of any page of the API afterwards, nor in the audit', async () => {
    const ids: Readonly<Record<string, string>> = {
      accounts: ours.accountId,
      connections: ours.connectionId,
      groups: ours.groupId,
      'notification-deliveries': ours.deliveryId,
      'sync-runs': ours.runId,
    };
    for (const { method, path } of routes) {
      if (method !== 'GET' || path.endsWith('/events')) continue;
      const id = ids[path.split('/')[3] ?? ''];
      if (path.includes('{id}')) expect([path, id]).toEqual([path, expect.any(String)]);
      const signed: Record<string, string>[] = [{}, { cookie }];
      for (const headers of signed) await call('GET', path.replace('{id}', id ?? ''), { headers });
    }
    const { text } = await call('GET', 'audit?limit=1000');
    expect(text).toContain('notices.rules');
  });

  it('as all that was answered and logged shows', () => {
    const session = cookie.split('=')[1]!.split('.')[0]!;
    const secrets = { CLIENT_SECRET, WRONG_SECRET, WEBHOOK_SECRET, TEAMS_SIGNATURE, WEBHOOK_PATH };
    const kept = { ...secrets, adminToken: api.services.adminToken, session };
    for (const [name, secret] of Object.entries(kept)) {
      const shown = [...answers, ...logged].filter((text) => text.includes(secret));
      expect([name, shown]).toEqual([name, []]);
    }
    expect(answers.length).toBeGreaterThan(60);
  });

  it('and the database holds the client secret sealed only', async () => {
    const tables = await database.db.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('connections', 'messaging', 'people', 'runs', 'notices', 'watch') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const found = await database.db.query(`SELECT 1 FROM ${name} AS row WHERE row::text LIKE ANY ($1)`, [
        [CLIENT_SECRET, WEBHOOK_SECRET, TEAMS_SIGNATURE, WEBHOOK_PATH, api.services.adminToken].map((secret) => `%${secret}%`),
      ]);
      expect([name, found]).toEqual([name, []]);
    }
  });
});
