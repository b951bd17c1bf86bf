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

  it('promises nothing to whoever is in only by a group inside the group', async () => {
    api.tenant.insiders.set(groupId, [outsider.id]);
    expect(await check('out@x.example')).toMatchObject({
      groups: [{ groupId, named: true, known: false, inner: true }],
      steps: [{ ok: true }, { ok: false, reason: { code: 'GROUP_CONTAINS_GROUPS' } }, {}, {}],
      effects: [],
    });
    api.tenant.insiders.clear();
  });

  it('finds whoever was deleted by the address that was known here, and says that what is held waits', async () => {
    const staff = api.tenant.members.get(groupId)!;
    api.tenant.members.set(groupId, []);
    api.tenant.deletedUsers.add(adele.id);
    expect(await check('Adele@x.example')).toMatchObject({
      found: { id: adele.id, state: 'softDeleted' },
      account: { status: 'inactive' },
      steps: [
        { ok: false, message: 'adele@x.example is among the deleted users of the tenant.', reason: { code: 'USER_DELETED' } },
        { ok: false, reason: { code: 'USER_DELETED' } },
        { ok: true },
        { ok: false, reason: { code: 'USER_DELETED' } },
      ],
    });
    await database.db.query(
      `INSERT INTO people.held_changes (id, organisation_id, connection_id, entra_object_id, action, code, message, held_at, read_no, page)
       SELECT gen_random_uuid(), organisation_id, connection_id, entra_object_id, 'deactivate', 'GUARD_TRIPPED', '', now(), 1, 0
         FROM people.persons WHERE entra_object_id = $1`,
      [adele.id],
    );
    expect(await check('adele@x.example')).toMatchObject({ steps: [{}, {}, {}, { ok: false, reason: { code: 'REVIEW' } }] });
    await database.db.query('DELETE FROM people.held_changes');
    api.tenant.members.set(groupId, staff);
    api.tenant.deletedUsers.clear();
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

  it('applies nothing while live sync is off, and says so beforehand', async () => {
    const turn = (live: boolean) =>
      api.call('PATCH', `connections/${connectionId}`, { body: { settings: { trigger: { live } } } });
    expect(await check('new@x.example')).toMatchObject({ live: true });
    await turn(false);
    expect(await check('new@x.example')).toMatchObject({ live: false, effects: [{}, {}] });
    expect(await check('new@x.example', { apply: true })).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      detail: expect.stringContaining('Live sync of') as string,
    });
    await turn(true);
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
