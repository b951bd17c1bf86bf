import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, ensureFirstOrganisation, FIRST_ORGANISATION_ID } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { buildMember, RunHarness } from '#runs/testing';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const GROUP = randomUUID();
let api: AdminApi;
let site: RunHarness;
let run: string;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  await database.db.query('CREATE SEQUENCE test_read_numbers');
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

/** Four newcomers, read and compared, waiting for review; each test has a connection of its own. */
async function waitingPlan(): Promise<{ items: Record<string, unknown>[]; planHash: unknown }> {
  site = new RunHarness(database.db, { organisationId: FIRST_ORGANISATION_ID });
  site.now = api.services.clock();
  site.tenant.groups.set(
    GROUP,
    ['Adele', 'Ben', 'Cara', 'Dora'].map((displayName) => {
      const id = randomUUID();
      const { attributes } = buildMember(id);
      return buildMember(id, { attributes: { ...attributes, displayName, mail: `${id}@example.com` } });
    }),
  );
  run = (await site.request({ apply: 'review' })).id;
  await site.work();
  return { items: await changes(), planHash: (await api.call('GET', `sync-runs/${run}`)).body['planHash'] };
}

async function changes(query = ''): Promise<Record<string, unknown>[]> {
  return (await api.call('GET', `sync-runs/${run}/changes${query}`)).body.items ?? [];
}

describe('GET /sync-runs/{id}/changes', () => {
  it('lists the plan, account and membership changes as separate items, page by page', async () => {
    const { items } = await waitingPlan();
    expect(items.map(({ action }) => action).toSorted()).toEqual([...Array(4).fill('create'), ...Array(4).fill('grant')]);
    expect(items.find(({ action }) => action === 'create')).toMatchObject({
      accountId: null,
      groupId: null,
      before: null,
      decision: 'apply',
      outcome: null,
      reason: null,
    });
    const first = await api.call('GET', `sync-runs/${run}/changes?limit=5`);
    const rest = await api.call('GET', `sync-runs/${run}/changes?cursor=${String(first.body['nextCursor'])}`);
    expect([...(first.body.items ?? []), ...(rest.body.items ?? [])]).toEqual(items);
    expect(rest.body['nextCursor']).toBeNull();
  });

  it('finds by kind, group, decision, outcome and person', async () => {
    const { items } = await waitingPlan();
    await api.call('PATCH', `sync-runs/${run}/changes/${String(items[0]!['id'])}`, { body: { decision: 'skip' } });
    for (const [query, found] of [
      ['action=create', 4],
      [`groupId=${GROUP}`, 4],
      [`groupId=${randomUUID()}`, 0],
      // A newcomer is taken out with the group that they would have joined.
      ['decision=skip', 2],
      ['outcome=pending', 8],
      ['outcome=applied', 0],
      ['q=ade', 2],
      ['q=%25', 0],
      [`q=${String(items[0]!['entraObjectId']).toUpperCase()}`, 2],
    ] as const) {
      expect([query, (await changes(`?${query}`)).length]).toEqual([query, found]);
    }
    expect((await api.call('GET', `sync-runs/${run}/changes?colour=red`)).status).toBe(400);
  });
});

describe('the plan of a run', () => {
  it('is changed one by one and many at once, and each change answers a new hash', async () => {
    const { items, planHash } = await waitingPlan();
    const one = await api.call('PATCH', `sync-runs/${run}/changes/${String(items[0]!['id'])}`, { body: { decision: 'skip' } });
    expect([one.status, one.body['planHash'] === planHash]).toEqual([200, false]);
    const many = await api.call('POST', `sync-runs/${run}/decisions`, {
      body: { filter: { action: 'grant', groupId: GROUP }, decision: 'skip' },
    });
    expect(many.body).toMatchObject({ count: 4 });
    const back = await api.call('POST', `sync-runs/${run}/decisions`, { body: { filter: {}, decision: 'apply' } });
    expect(back.body).toEqual({ count: 8, planHash });
    const nothing = await api.call('PATCH', `sync-runs/${run}/changes/${String(items[0]!['id'])}`, { body: {} });
    expect(nothing.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'decision' }] });
    const unknown = await api.call('PATCH', `sync-runs/${run}/changes/${randomUUID()}`, { body: { decision: 'skip' } });
    expect(unknown.status).toBe(404);
  });

  it('is applied as it was approved, by its present hash only (invariant 6)', async () => {
    const { planHash } = await waitingPlan();
    const { body: moved } = await api.call('POST', `sync-runs/${run}/decisions`, {
      body: { filter: { entraObjectId: (await changes('?q=adele'))[0]!['entraObjectId'] }, decision: 'skip' },
    });
    const stale = await api.call('POST', `sync-runs/${run}/approve`, { body: { planHash } });
    expect(stale.body).toMatchObject({ status: 409, code: 'PLAN_STALE', planHash: moved['planHash'] });
    const approved = await api.call('POST', `sync-runs/${run}/approve`, { body: { planHash: moved['planHash'] } });
    expect([approved.status, approved.body['state'], approved.body['approvedBy']]).toEqual([
      200,
      'approved',
      'token:ADMIN_TOKEN',
    ]);
    const again = await api.call('POST', `sync-runs/${run}/approve`, { body: { planHash: moved['planHash'] } });
    expect(again.status).toBe(200);
    site.now = api.services.clock();
    await site.work();
    expect((await api.call('GET', `sync-runs/${run}`)).body).toMatchObject({ state: 'completed', summary: { created: 3 } });
    expect(await changes('?outcome=applied&action=create')).toHaveLength(3);
    expect((await api.call('POST', `sync-runs/${run}/decisions`, { body: { filter: {}, decision: 'skip' } })).status).toBe(409);
  });

  it('is approved by a super admin only, reviewed and cancelled by an IT admin, and audited', async () => {
    const { planHash } = await waitingPlan();
    const headers = await api.signIn(await makeOrganisation(database.db, 'itAdmin'));
    const refused = await api.call('POST', `sync-runs/${run}/approve`, { headers, body: { planHash } });
    expect(refused.body).toMatchObject({ status: 403, permission: 'sync.approve' });
    const talkative = await api.call('POST', `sync-runs/${run}/cancel`, { body: { reason: 'none' } });
    expect(talkative.body).toMatchObject({ status: 400, errors: [{ field: 'reason' }] });
    const cancelled = await api.call('POST', `sync-runs/${run}/cancel`);
    expect([cancelled.status, cancelled.body]).toMatchObject([200, { state: 'cancelled', cancelledBy: 'token:ADMIN_TOKEN' }]);
    expect((await api.call('POST', `sync-runs/${run}/approve`, { body: { planHash } })).status).toBe(409);
    const audit = await api.call('GET', `audit?connectionId=${site.connectionId}`);
    expect(audit.body.items).toMatchObject([{ action: 'syncRun.cancel', after: { runId: run, state: 'cancelled' } }]);
  });

  it('says by name who cancelled it', async () => {
    await waitingPlan();
    const id = await addMember(database.db, {
      organisationId: FIRST_ORGANISATION_ID,
      displayName: 'Ida',
      email: null,
      role: 'itAdmin',
    });
    const headers = await api.signIn({ kind: 'person', id, organisationId: FIRST_ORGANISATION_ID, role: 'itAdmin' });
    await api.call('POST', `sync-runs/${run}/cancel`, { headers });
    const told = { cancelledBy: `person:${id}`, actors: [{ id, displayName: 'Ida' }] };
    expect((await api.call('GET', `sync-runs/${run}`)).body).toMatchObject(told);
    const { items } = (await api.call('GET', `sync-runs?connectionId=${site.connectionId}`)).body;
    expect(items!.find((each) => each['id'] === run)).toMatchObject(told);
  });

  it('is nobody else’s: another organisation gets a 404 for each of it (invariant 9)', async () => {
    const { items, planHash } = await waitingPlan();
    const headers = await api.signIn(await makeOrganisation(database.db));
    const requests = [
      ['GET', 'changes', undefined],
      ['PATCH', `changes/${String(items[0]!['id'])}`, { decision: 'skip' }],
      ['POST', 'decisions', { filter: {}, decision: 'skip' }],
      ['POST', 'approve', { planHash }],
      ['POST', 'cancel', undefined],
    ] as const;
    for (const [method, path, body] of requests) {
      expect([path, (await api.call(method, `sync-runs/${run}/${path}`, { headers, body })).status]).toEqual([path, 404]);
    }
    expect((await api.call('GET', `sync-runs/${run}`)).body['planHash']).toBe(planHash);
  });
});

describe('a cursor of another list', () => {
  it('is refused by every list alike', async () => {
    await waitingPlan();
    const foreign = Buffer.from(JSON.stringify(['another list', 1])).toString('base64url');
    const lists = ['connections', 'accounts', 'activity', 'held-changes', 'dead-letters', 'audit', 'groups', 'sync-runs'];
    for (const list of [...lists, `sync-runs/${run}/changes`]) {
      for (const cursor of [foreign, 'nonsense']) {
        const { status, body } = await api.call('GET', `${list}?cursor=${cursor}`);
        expect([list, status, body['errors']]).toEqual([
          list,
          400,
          [{ field: 'cursor', message: 'is not a cursor of this list' }],
        ]);
      }
    }
  });
});
