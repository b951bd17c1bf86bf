import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_ORGANISATION_ID } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { buildMember, RunHarness } from '#runs/testing';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const OTHER = randomUUID();
const evil = randomUUID();
let api: AdminApi;
let groupId: string;
let site: RunHarness;
let run: string;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  await database.db.query('CREATE SEQUENCE test_read_numbers');
  api = await startAdminApi(database.db, database.url);
  groupId = api.tenant.addGroup('Proven');
  const { id: connectionId } = await connect(api, { scope: { mode: 'groups', groups: ['Proven'] } });
  site = new RunHarness(database.db, { organisationId: FIRST_ORGANISATION_ID, connectionId });
  site.now = api.services.clock();
  const withoutMail = { displayName: '=HYPERLINK("http://example.com","Ada")', userPrincipalName: 'x#EXT#@y' };
  site.tenant.groups.set(groupId, [buildMember(randomUUID()), buildMember(evil, { attributes: withoutMail })]);
  site.tenant.groups.set(OTHER, [buildMember(randomUUID())]);
  run = (await site.request()).id;
  await site.work();
});
afterAll(() => api.stop());

const proof = (query = '', headers: Record<string, string> = {}) =>
  api.call('GET', `sync-runs/${run}/proof${query}`, { headers });

describe('GET /sync-runs/{id}/proof', () => {
  it('answers group by group what was read and what the accounts are, and who differs and why', async () => {
    const { status, body } = await proof();
    expect([status, body['isEqual'], body['nextCursor']]).toEqual([200, false, null]);
    const groups = body['groups'] as Record<string, unknown>[];
    expect(groups.find(({ groupId }) => groupId === OTHER)).toMatchObject({ verdict: 'equal', read: { people: 1 }, reasons: {} });
    expect(groups.find((group) => group['groupId'] === groupId)).toMatchObject({
      verdict: 'different',
      read: { people: 2 },
      accounts: { people: 1 },
      reasons: { skipped: 1 },
    });
    expect(body.items).toMatchObject([
      { groupId, entraObjectId: evil, side: 'onlyInEntra', why: 'skipped', reason: { code: 'NO_USABLE_EMAIL' } },
    ]);
    expect((await proof(`?groupId=${OTHER}`)).body.items).toEqual([]);
    expect((await proof('?colour=red')).status).toBe(400);
  });

  it.each([
    ['by ?format=csv', '?format=csv', {}],
    ['by Accept', '', { accept: 'text/csv' }],
  ])('is downloaded as a file %s, with formulas defused', async (_how, query, headers) => {
    const answer = await proof(query, headers);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="proof-${run}.csv"`);
    const lines = answer.text.split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFrow,groupId,groupName,verdict,readPeople,readDigest/);
    expect(lines.filter((line) => line.startsWith('group,'))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('person,'))).toEqual([
      `person,${groupId},Proven,,,,,,${evil},"'=HYPERLINK(""http://example.com"",""Ada"")",onlyInEntra,skipped,NO_USABLE_EMAIL`,
    ]);
  });

  it('is not there before the run has ended, and nobody else’s (invariant 9)', async () => {
    const waiting = await site.request({ apply: 'review', kind: 'group', groupIds: [groupId] });
    const early = await api.call('GET', `sync-runs/${waiting.id}/proof`);
    expect(early.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const headers = await api.signIn(await makeOrganisation(database.db));
    for (const query of ['', '?format=csv']) expect((await proof(query, headers)).status).toBe(404);
  });
});
