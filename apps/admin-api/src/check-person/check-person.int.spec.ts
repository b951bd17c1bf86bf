import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import type { DirectoryMember } from '#graph-client';
import { directorySays } from '../../testing/directory-says.js';
import { person } from '../../testing/fake-tenant.js';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let connectionId: string;
let groupId: string;
const named = (mail: string, more: object = {}): DirectoryMember =>
  person({ attributes: { displayName: mail, mail, userPrincipalName: mail, accountEnabled: true, ...more } });
const [adele, news, guest, outsider] = [
  named('adele@x.example'),
  named('new@x.example'),
  named('g@x.example', { userType: 'Guest' }),
  named('out@x.example'),
];

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  groupId = api.tenant.addGroup('Staff', [adele, news, guest]);
  api.tenant.addGroup('Elsewhere', [outsider]);
  const { id } = await connect(api, { scope: { mode: 'groups', groups: [groupId] }, enabled: true });
  connectionId = id;
  await directorySays(api.services, { connectionId, groupId }, [{ id: adele.id, attributes: adele.attributes }]);
});
afterAll(() => api.stop());

const check = async (asked: string, options: object = {}) =>
  (await api.call('POST', `connections/${connectionId}/check-person`, { body: { person: asked, ...options } })).body;
const rechecks = () =>
  database.db.query<{ kind: string; member: string }>('SELECT kind, member_id AS member FROM watch.rechecks ORDER BY kind DESC');

describe('POST /connections/{id}/check-person', () => {
  it('explains anybody of the tenant step by step, and writes nothing', async () => {
    expect(await check('adele@x.example')).toMatchObject({
      found: { id: adele.id, state: 'present' },
      account: { status: 'inactive' },
      groups: [{ groupId, named: true, known: true }],
      steps: [
        { step: 'read', ok: true },
        { step: 'scope', ok: true },
        { step: 'match', ok: true },
        { step: 'decide', ok: true, message: 'Nothing would change.' },
      ],
      effects: [],
      applied: false,
    });
    expect(await check(news.id)).toMatchObject({
      account: null,
      groups: [{ named: true, known: false }],
      effects: [{ type: 'rollcall.account.created' }, { type: 'rollcall.membership.granted', groupId }],
    });
    expect(await check('g@x.example')).toMatchObject({ steps: [{}, {}, {}, { ok: false, reason: { code: 'GUEST_EXCLUDED' } }] });
    expect(await check('out@x.example')).toMatchObject({
      steps: [{ ok: true }, { ok: false, reason: { code: 'NOT_IN_SCOPE' } }, {}, {}],
    });
    expect(await check('nobody@x.example')).toMatchObject({
      found: null,
      steps: [{ step: 'read', reason: { code: 'NOT_FOUND' } }],
    });
    expect(await rechecks()).toEqual([]);
  });

  it('hands differences over to be read directly only when asked to, and only of people in question', async () => {
    expect(await check('out@x.example', { apply: true })).toMatchObject({ applied: false });
    expect(await check('nobody@x.example', { apply: true })).toMatchObject({ applied: false });
    expect(await rechecks()).toEqual([]);
    const applied = await check('new@x.example', { apply: true });
    expect(applied).toMatchObject({ applied: true });
    expect((applied['steps'] as { step: string }[]).at(-1)).toMatchObject({ step: 'apply', ok: true });
    expect(await rechecks()).toEqual([
      { kind: 'user', member: news.id },
      { kind: 'membership', member: news.id },
    ]);
    const audit = await api.call('GET', `audit?connectionId=${connectionId}&limit=1`);
    expect(audit.body.items).toMatchObject([{ action: 'person.check', after: { entraObjectId: news.id, rechecks: 2 } }]);
  });

  it('applies nothing on a connection that is not live, and answers nothing of another organisation’s', async () => {
    await api.call('POST', `connections/${connectionId}/pause`);
    expect(await check('new@x.example', { apply: true })).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect(await check('new@x.example')).toMatchObject({ applied: false });
    const headers = await api.signIn(await makeOrganisation(database.db));
    const body = { person: randomUUID() };
    expect((await api.call('POST', `connections/${connectionId}/check-person`, { headers, body })).status).toBe(404);
  });
});
