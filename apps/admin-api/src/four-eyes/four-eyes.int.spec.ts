import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addMember,
  enableConnection,
  ensureFirstOrganisation,
  FIRST_MEMBER_ID,
  FIRST_ORGANISATION_ID,
  listAudit,
  patchOrganisation,
  systemActor,
} from '#connections';
import { withDatabase } from '#database/testing';
import { buildMember, RunHarness } from '#runs/testing';
import { directorySays } from '../../testing/directory-says.js';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const organisationId = FIRST_ORGANISATION_ID;
const system = systemActor('test', organisationId);
let api: AdminApi;
type Session = Record<string, string>;
let ada: Session;
let bob: Session;
let cara: Session;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  await database.db.query('CREATE SEQUENCE test_read_numbers');
  api = await startAdminApi(database.db, database.url);
  const signIn = async (displayName: string) => {
    const id = await addMember(database.db, { organisationId, displayName, email: null, role: 'superAdmin' });
    return api.signIn({ kind: 'person', id, organisationId, role: 'superAdmin' });
  };
  [ada, bob, cara] = [await signIn('Ada'), await signIn('Bob'), await signIn('Cara')];
  await database.db.transaction((tx) => patchOrganisation(tx, system, { fourEyesOnRemovals: true }));
});
afterAll(() => api.stop());

const post = (path: string, headers: Session, body: object = {}) => api.call('POST', path, { headers, body });

describe('a plan with removals, where removals take two people', () => {
  let site: RunHarness;
  const work = async () => {
    site.now = api.services.clock();
    await site.work();
  };

  /** Two accounts, and the waiting undo of the run that made them: asked for by Ada, it deactivates both. */
  async function waitingUndo(): Promise<{ path: string; planHash: unknown }> {
    const { id: connectionId } = await connect(api);
    site = new RunHarness(database.db, { organisationId, connectionId });
    site.now = api.services.clock();
    const people = [randomUUID(), randomUUID()].map((id) => {
      const { attributes } = buildMember(id);
      return buildMember(id, { attributes: { ...attributes, mail: `${id}@example.com` } });
    });
    site.tenant.groups.set(randomUUID(), people);
    const run = await site.request();
    await work();
    const { body } = await post(`sync-runs/${run.id}/undo`, ada);
    await work();
    const path = `sync-runs/${String(body['id'])}`;
    return { path, planHash: (await api.call('GET', path)).body['planHash'] };
  }
  const stateOf = async (path: string) => (await api.call('GET', path)).body['state'];

  it('waits after the first approval, shows who that was, and is approved by somebody else', async () => {
    const { path, planHash } = await waitingUndo();
    const first = await post(`${path}/approve`, ada, { planHash });
    expect([first.status, first.body['state']]).toEqual([200, 'awaitingReview']);
    expect(first.body['firstApproval']).toMatchObject({ by: { displayName: 'Ada' } });
    expect((await post(`${path}/approve`, ada, { planHash })).body['state']).toBe('awaitingReview');
    const listed = (await api.call('GET', 'sync-runs?limit=1')).body.items!;
    expect(listed[0]).toMatchObject({ firstApproval: { by: { displayName: 'Ada' } } });
    const second = await post(`${path}/approve`, bob, { planHash });
    expect([second.status, second.body['state']]).toEqual([200, 'approved']);
    const actions = (await listAudit(database.db, organisationId, { limit: 2 })).map(({ action }) => action);
    expect(actions).toEqual(['syncRun.approve', 'syncRun.approveFirst']);
    expect((await api.call('GET', path)).body['actors']).toMatchObject([{ displayName: 'Ada' }, { displayName: 'Bob' }]);
    const { items } = (await api.call('GET', 'audit?limit=2')).body;
    expect(items).toMatchObject([{ actor: { displayName: 'Bob' } }, { actor: { displayName: 'Ada' } }]);
  });

  it('is not approved second by whoever asked for it or changed it', async () => {
    const { path, planHash } = await waitingUndo();
    await post(`${path}/approve`, bob, { planHash });
    expect((await post(`${path}/approve`, ada, { planHash })).body).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    await post(`${path}/decisions`, cara, { filter: {}, decision: 'apply' });
    expect((await post(`${path}/approve`, cara, { planHash })).body).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    expect(await stateOf(path)).toBe('awaitingReview');
  });

  it('begins anew when the plan changes: an approval is of one plan', async () => {
    const { path, planHash } = await waitingUndo();
    await post(`${path}/approve`, ada, { planHash });
    const { items } = (await api.call('GET', `${path}/changes?action=deactivate`)).body;
    const { body } = await post(`${path}/decisions`, ada, { filter: { ids: [items![0]!['id']] }, decision: 'skip' });
    const bobs = await post(`${path}/approve`, bob, { planHash: body['planHash'] });
    expect(bobs.body).toMatchObject({ state: 'awaitingReview', firstApproval: { by: { displayName: 'Bob' } } });
    expect((await post(`${path}/approve`, cara, { planHash: body['planHash'] })).body['state']).toBe('approved');
  });

  it('takes one person where nothing is removed', async () => {
    const { path } = await waitingUndo();
    const { body } = await post(`${path}/decisions`, ada, { filter: {}, decision: 'skip' });
    expect((await post(`${path}/approve`, ada, { planHash: body['planHash'] })).body['state']).toBe('approved');
  });

  it('is approved by nobody in particular never: not by the API token, not by a sign-in link', async () => {
    const { path, planHash } = await waitingUndo();
    const link = await api.signIn({ kind: 'person', id: FIRST_MEMBER_ID, organisationId, role: 'superAdmin' });
    for (const headers of [{}, link]) {
      expect((await post(`${path}/approve`, headers, { planHash })).body).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    }
  });

  it('is not gone around by an undo without review', async () => {
    const { path } = await waitingUndo();
    const { body } = await api.call('GET', path);
    const { runId } = body['undoes'] as { runId: string };
    expect((await post(`sync-runs/${runId}/undo`, bob, { apply: 'automatic' })).body['code']).toBe('FOUR_EYES');
  });
});

describe('held removals, where removals take two people', () => {
  it('are released by the second person, and only those that the first one saw', async () => {
    const groupId = api.tenant.addGroup('Staff');
    const { id: connectionId } = await connect(api, { scope: { mode: 'groups', groups: [groupId] } });
    await database.db.transaction((tx) => enableConnection(tx, system, connectionId));
    const people = Array.from({ length: 4 }, () => ({ id: randomUUID() }));
    await directorySays(api.services, { connectionId, groupId }, people);
    const leave = (some: typeof people) =>
      directorySays(
        api.services,
        { connectionId, groupId },
        some.map((person) => ({ ...person, change: 'removed' as const })),
      );
    await leave(people);
    const held = async () => (await api.call('GET', `held-changes?connectionId=${connectionId}`)).body.items!;
    const before = await held();
    expect(before.length).toBeGreaterThanOrEqual(4);
    expect(before[0]!['firstApproval']).toBeNull();
    const seen = before.slice(1).map(({ id }) => id);
    expect((await post('held-changes/release', ada, { ids: seen })).body).toEqual({ count: 0, waiting: seen.length });
    expect((await post('held-changes/release', ada, { connectionId })).body).toEqual({ count: 0, waiting: before.length });
    expect((await held()).at(-1)).toMatchObject({ firstApproval: { by: { displayName: 'Ada' } } });
    const { body } = await post('held-changes/release', bob, { ids: seen });
    expect(body).toEqual({ count: seen.length });
    expect(await held()).toHaveLength(before.length - seen.length);
  });

  it('are rejected by one person: nobody loses anything by that', async () => {
    const [one] = (await api.call('GET', 'held-changes')).body.items!;
    expect((await post('held-changes/reject', cara, { ids: [one!['id']] })).body).toEqual({ count: 1 });
    const { items } = (await api.call('GET', 'held-changes?state=closed&limit=1')).body;
    expect(items).toMatchObject([{ id: one!['id'], state: 'rejected', closed: { by: { displayName: 'Cara' }, note: null } }]);
    expect((await api.call('GET', 'held-changes?state=lost')).status).toBe(400);

    await database.db.query(`UPDATE connections.members SET left_at = now() WHERE display_name = 'Cara'`);
    const closed = (await api.call('GET', 'held-changes?state=closed&limit=1')).body.items;
    expect(closed, 'whoever has left keeps their name').toMatchObject([{ closed: { by: { displayName: 'Cara' } } }]);
    const pins = (await api.call('GET', 'pins')).body.items!;
    expect(pins.find(({ reason }) => reason === 'REJECTED')).toMatchObject({ pinnedByName: 'Cara' });
  });
});

describe('the policies of the organisation', () => {
  const patch = (body: object, headers: Session = {}) => api.call('PATCH', 'organisation', { body, headers });

  it('name whom people ask when something fails, told to everybody who is signed in', async () => {
    const contactOf = async () =>
      ((await api.call('GET', 'me')).body['organisation'] as { supportContact: unknown }).supportContact;
    expect(await contactOf()).toBeNull();
    expect((await patch({ supportContact: ' it@contoso.example ' })).body).toMatchObject({
      supportContact: 'it@contoso.example',
    });
    expect(await contactOf()).toBe('it@contoso.example');
    expect((await patch({ supportContact: '' })).body).toMatchObject({ supportContact: null });
    expect((await patch({ supportContact: 'x'.repeat(201) })).status).toBe(400);
  });

  it('are read by everybody, changed by super admins, and audited', async () => {
    const { status, body } = await patch({ name: 'Contoso', timeZone: 'Europe/London' });
    expect([status, body]).toMatchObject([200, { name: 'Contoso', timeZone: 'Europe/London', fourEyesOnRemovals: true }]);
    const entries = await listAudit(database.db, organisationId, { limit: 10 });
    // Connections whose nightly run goes by the organisation's clock follow it, each with an entry of its own.
    expect(entries.find(({ action }) => action !== 'connection.patch')).toMatchObject({
      action: 'organisation.patch',
      before: { timeZone: 'UTC' },
      after: { timeZone: 'Europe/London' },
    });
    expect((await patch({ timeZone: 'Mars/Olympus' })).body['code']).toBe('VALIDATION_FAILED');
    expect((await patch({ fourEyes: true })).status).toBe(400);
  });

  it('ask for four eyes only where there are two pairs of them', async () => {
    const other = await database.db.query<{ id: string }>(
      `INSERT INTO connections.organisations (name) VALUES ('Small') RETURNING id`,
    );
    const id = await addMember(database.db, {
      organisationId: other[0]!.id,
      displayName: 'Solo',
      email: null,
      role: 'superAdmin',
    });
    const solo = await api.signIn({ kind: 'person', id, organisationId: other[0]!.id, role: 'superAdmin' });
    expect((await patch({ fourEyesOnRemovals: true }, solo)).body).toMatchObject({ status: 409, code: 'CONFLICT' });
  });

  it('let only a Global Administrator of the tenant connect it, and only such a one switch that on', async () => {
    expect((await patch({ connectAsGlobalAdministrator: true }, ada)).body['code']).toBe('GLOBAL_ADMINISTRATOR_NEEDED');
    await database.db.transaction((tx) => patchOrganisation(tx, system, { connectAsGlobalAdministrator: true }));
    const tenantId = randomUUID();
    await expect(connect(api, { tenantId })).rejects.toThrow('GLOBAL_ADMINISTRATOR_NEEDED');
    const isAdministratorOf = (tenant: string) =>
      database.db.query('UPDATE connections.sessions SET global_administrator_of = $1', [tenant]);
    const create = () =>
      api.call('POST', 'connections', {
        headers: ada,
        body: {
          name: 'Theirs',
          tenantId,
          credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'the-right-secret' },
          scope: { mode: 'groups', groups: [randomUUID()] },
        },
      });
    await isAdministratorOf(randomUUID());
    expect((await create()).body['code']).toBe('GLOBAL_ADMINISTRATOR_NEEDED');
    await isAdministratorOf(tenantId);
    expect((await create()).status).toBe(201);
  });
});
