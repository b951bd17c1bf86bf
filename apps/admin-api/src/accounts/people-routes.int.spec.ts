import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ensureFirstOrganisation,
  enableConnection,
  FIRST_ORGANISATION_ID,
  systemActor,
  PostgresThrottleGate,
} from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { directorySays } from '../../testing/directory-says.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const organisationId = FIRST_ORGANISATION_ID;
let api: AdminApi;
let connectionId: string;
let groupId: string;
const adele = randomUUID();

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
  groupId = api.tenant.addGroup('Staff');
  const { body } = await api.call('POST', 'connections', {
    body: {
      name: 'Contoso',
      tenantId: randomUUID(),
      credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'the-right-secret' },
      scope: { mode: 'groups', groups: [groupId] },
    },
  });
  connectionId = body['id'] as string;
  await database.db.transaction((tx) => enableConnection(tx, systemActor('test', organisationId), connectionId));
  const attributes = { displayName: 'Adele Vance', mail: 'adele@contoso.example', userPrincipalName: 'adele@contoso.example' };
  await directorySays(api.services, { connectionId, groupId }, [
    { id: adele, attributes: { ...attributes, accountEnabled: true } },
  ]);
});
afterAll(() => api.stop());

async function account(): Promise<Record<string, unknown>> {
  const { body } = await api.call('GET', `accounts?connectionId=${connectionId}`);
  return body.items![0]!;
}

describe('the people of a connection', () => {
  it('are listed, found by part of name and address, by status and by group', async () => {
    expect(await account()).toMatchObject({
      connectionId,
      entraObjectId: adele,
      email: 'adele@contoso.example',
      status: 'inactive',
    });
    for (const [query, found] of [
      ['q=DELE', 1],
      ['q=contoso.ex', 1],
      ['q=nobody', 0],
      ['status=active', 0],
      [`group=${groupId}`, 1],
    ] as const) {
      expect([query, (await api.call('GET', `accounts?${query}`)).body.items?.length]).toEqual([query, found]);
    }
  });

  it('are activated and patched by hand, once each', async () => {
    const { id } = await account();
    expect((await api.call('POST', 'accounts/activate', { body: { ids: [id] } })).body).toEqual({ activated: 1 });
    expect((await api.call('POST', 'accounts/activate', { body: { ids: [id] } })).body).toEqual({ activated: 0 });
    expect((await api.call('POST', 'accounts/activate/undo', { body: { ids: [id] } })).body).toEqual({ setInactive: 1 });
    expect(await account()).toMatchObject({ status: 'inactive' });
    expect((await api.call('POST', 'accounts/activate', { body: { ids: [id] } })).body).toEqual({ activated: 1 });
    const patched = await api.call('PATCH', `accounts/${String(id)}`, { body: { protected: true, roles: ['superAdmin'] } });
    expect(patched.body).toMatchObject({ id, status: 'active', protected: true, roles: ['superAdmin'] });
    expect((await api.call('PATCH', `accounts/${String(id)}`, { body: { email: 'x@y.z' } })).status).toBe(400);
  });

  it('are explained, from the group to what would happen now', async () => {
    const { id } = await account();
    const { status, body } = await api.call('GET', `accounts/${String(id)}/why`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: { id }, groups: [{ groupId, present: true, granted: true }], pins: [], holds: [] });
    expect(body['journal']).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'rollcall.account.created' })]));
  });

  it('stand in their group, in the activity and in the health of the connection', async () => {
    const groups = await api.call('GET', `groups?connectionId=${connectionId}`);
    expect(groups.body.items).toMatchObject([{ id: groupId, connectionId, memberCount: 1 }]);
    const members = await api.call('GET', `groups/${groupId}/members`);
    expect(members.body.items).toMatchObject([
      { entraObjectId: adele, inDirectory: true, granted: true, kept: null, skipped: null },
    ]);
    expect((await api.call('GET', 'groups/Staff/members')).body['code']).toBe('GROUP_ID_IS_A_NAME');
    const activity = await api.call('GET', `activity?connectionId=${connectionId}&limit=1`);
    expect(activity.body.items).toHaveLength(1);
    const health = await api.call('GET', `connections/${connectionId}/health`);
    expect(health.body).toMatchObject({
      state: 'enabled',
      heldChanges: 0,
      throttle: { load: null, waitsUntil: null },
      latency: { '24h': { changes: expect.any(Number) as number } },
    });
    expect(health.body['people']).toMatchObject({ inactive: 0, inactiveSince: null });
  });

  it('tells in health how near the tenant is to the limit of Graph', async () => {
    const { body } = await api.call('GET', `connections/${connectionId}`);
    const { tenantId, credential } = body as { tenantId: string; credential: { clientId: string } } & typeof body;
    const gate = new PostgresThrottleGate(database.db, () => new Date());
    await gate.reportLoad({ tenantId, clientId: credential.clientId }, 0.85);
    const { body: health } = await api.call('GET', `connections/${connectionId}/health`);
    expect(health).toMatchObject({ throttle: { load: 0.85, waitsUntil: null } });
  });

  it('have no held changes to release or reject here', async () => {
    expect((await api.call('GET', 'held-changes')).body.items).toEqual([]);
    expect((await api.call('POST', 'held-changes/release', { body: { connectionId } })).body).toEqual({ count: 0 });
    expect((await api.call('POST', 'held-changes/reject', { body: { ids: [randomUUID()] } })).body).toEqual({ count: 0 });
    expect((await api.call('POST', 'held-changes/release', { body: { connectionId: randomUUID() } })).status).toBe(404);
  });

  it('stay by a pin where a person decided against the directory, until it is lifted', async () => {
    const leaver = randomUUID();
    const group = { connectionId, groupId };
    await directorySays(api.services, group, [{ id: leaver }, { id: randomUUID() }, { id: randomUUID() }]);
    await directorySays(api.services, group, [{ id: leaver, change: 'removed' }]);
    const { body } = await api.call('GET', `accounts?connectionId=${connectionId}&status=deactivated`);
    const [account] = body.items!;
    await api.call('PATCH', `accounts/${String(account!['id'])}`, { body: { status: 'active' } });
    const pins = await api.call('GET', `pins?connectionId=${connectionId}`);
    expect(pins.body.items).toMatchObject([
      { entraObjectId: leaver, accountId: account!['id'], groupId: null, keep: 'in', reason: 'BY_HAND' },
    ]);
    const path = `pins/${String(pins.body.items![0]!['id'])}`;
    const headers = await api.signIn(await makeOrganisation(database.db));
    expect((await api.call('DELETE', path, { headers })).status).toBe(404);
    expect((await api.call('DELETE', path)).body).toMatchObject({ state: 'lifted' });
    expect((await api.call('DELETE', path)).status).toBe(404);
    expect((await api.call('GET', 'pins')).body.items).toEqual([]);
    const after = await api.call('GET', `accounts/${String(account!['id'])}`);
    expect(after.body).toMatchObject({ status: 'deactivated' });
  });

  it('are nobody to another organisation (invariant 9)', async () => {
    const { id } = await account();
    const headers = await api.signIn(await makeOrganisation(database.db));
    for (const path of [
      `accounts/${String(id)}`,
      `accounts/${String(id)}/why`,
      `connections/${connectionId}/health`,
      `groups/${groupId}/members`,
    ]) {
      expect([path, (await api.call('GET', path, { headers })).status]).toEqual([path, 404]);
    }
    for (const path of ['accounts', 'groups', 'activity', 'held-changes', 'sync-runs', 'dead-letters']) {
      expect([path, (await api.call('GET', path, { headers })).body.items]).toEqual([path, []]);
    }
    expect((await api.call('POST', 'accounts/activate', { headers, body: { ids: [id] } })).body).toEqual({ activated: 0 });
  });
});

describe('POST /connections/{id}/sync-runs', () => {
  it('asks for one run, however often it is asked, and refuses another kind meanwhile', async () => {
    const first = await api.call('POST', `connections/${connectionId}/sync-runs`, { body: { kind: 'full', apply: 'automatic' } });
    expect([first.status, first.body['state'], first.body['kind']]).toEqual([202, 'requested', 'full']);
    const again = await api.call('POST', `connections/${connectionId}/sync-runs`, { body: { kind: 'full' } });
    expect([again.status, again.body['id']]).toEqual([202, first.body['id']]);
    const other = await api.call('POST', `connections/${connectionId}/sync-runs`, { body: { kind: 'group', groupId } });
    expect(other.body).toMatchObject({ status: 409, code: 'RUN_IN_PROGRESS', runId: first.body['id'] });
    expect((await api.call('GET', `sync-runs/${String(first.body['id'])}`)).body).toMatchObject({
      id: first.body['id'],
      planHash: null,
      summary: null,
    });
    expect((await api.call('GET', `sync-runs?connectionId=${connectionId}`)).body.items).toHaveLength(1);
  });

  it('refuses another kind while one is live, and a group that is not watched', async () => {
    const codeOf = async (body: object) =>
      (await api.call('POST', `connections/${connectionId}/sync-runs`, { body })).body['code'];
    expect(await codeOf({ kind: 'problems' })).toBe('RUN_IN_PROGRESS');
    expect(await codeOf({ kind: 'scratch' })).toBe('RUN_IN_PROGRESS');
    expect(await codeOf({ kind: 'group', groupId: randomUUID() })).toBe('GROUP_NOT_FOUND');
    expect(await codeOf({ kind: 'everything' })).toBe('VALIDATION_FAILED');
  });
});
