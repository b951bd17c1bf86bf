import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, ensureFirstOrganisation, FIRST_ORGANISATION_ID, type Actor } from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';
import { buildMember, RunHarness } from '#runs/testing';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;
let site: RunHarness;
let run: string;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  await database.db.query('CREATE SEQUENCE test_read_numbers');
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

/** A run that made two accounts. */
beforeEach(async () => {
  const { id: connectionId } = await connect(api);
  site = new RunHarness(database.db, { organisationId: FIRST_ORGANISATION_ID, connectionId });
  site.now = api.services.clock();
  const members = [randomUUID(), randomUUID()].map((id) => {
    const { attributes } = buildMember(id);
    return buildMember(id, { attributes: { ...attributes, mail: `${id}@example.com` } });
  });
  site.tenant.groups.set(randomUUID(), members);
  run = (await site.request()).id;
  await site.work();
});

const statuses = async () =>
  (await api.call('GET', `accounts?connectionId=${site.connectionId}`)).body.items!.map(({ status }) => status);
const work = async () => {
  site.now = api.services.clock();
  await site.work();
};

describe('undo', () => {
  it('of a run is a run with a plan of its own, reviewed by default, and happens once', async () => {
    const { status, body } = await api.call('POST', `sync-runs/${run}/undo`, { body: {} });
    expect([status, body]).toMatchObject([202, { kind: 'undo', undoes: { runId: run }, apply: 'review', state: 'requested' }]);
    const again = await api.call('POST', `sync-runs/${run}/undo`, { body: { apply: 'review' } });
    expect(again.body['id']).toBe(body['id']);
    expect((await api.call('POST', `sync-runs/${run}/undo`)).body['id'], 'a body is not needed').toBe(body['id']);
    await work();
    const path = `sync-runs/${String(body['id'])}`;
    const { planHash } = (await api.call('GET', path)).body;
    const { items } = (await api.call('GET', `${path}/changes?action=deactivate`)).body;
    expect(items).toHaveLength(2);
    expect(await statuses()).toEqual(['inactive', 'inactive']);
    await api.call('POST', `${path}/approve`, { body: { planHash } });
    await work();
    expect(await statuses()).toEqual(['deactivated', 'deactivated']);
    expect((await api.call('GET', `sync-runs/${run}`)).body).toMatchObject({ state: 'completed', undone: true });
    const empty = (await api.call('POST', `sync-runs/${run}/undo`, { body: {} })).body;
    await work();
    expect((await api.call('GET', `sync-runs/${String(empty['id'])}`)).body).toMatchObject({ state: 'completed', undone: false });
    expect(await statuses()).toEqual(['deactivated', 'deactivated']);
  });

  it('that is asked for again with its Idempotency-Key is the same, also when it has ended', async () => {
    const ask = { headers: { 'idempotency-key': randomUUID() }, body: { apply: 'automatic' } };
    const { body } = await api.call('POST', `sync-runs/${run}/undo`, ask);
    await work();
    const again = await api.call('POST', `sync-runs/${run}/undo`, ask);
    expect([again.status, again.body['id']]).toEqual([202, body['id']]);
  });

  it('of a span of time is asked of the connection', async () => {
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const to = new Date(Date.now() + 1_000).toISOString();
    const ask = (body: object) =>
      api.call('POST', `connections/${site.connectionId}/sync-runs`, { body: { kind: 'undo', ...body } });
    expect((await ask({ from: to, to: from })).body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'to' }] });
    const { status, body } = await ask({ from, to });
    expect([status, body]).toMatchObject([202, { kind: 'undo', undoes: { from, to }, apply: 'review' }]);
    await work();
    expect((await api.call('GET', `sync-runs/${String(body['id'])}`)).body['state']).toBe('awaitingReview');
  });

  it('without review needs the right to approve, and is nobody else’s (invariant 9)', async () => {
    const stranger = await api.signIn(await makeOrganisation(database.db));
    expect((await api.call('POST', `sync-runs/${run}/undo`, { headers: stranger, body: {} })).status).toBe(404);
    const [organisationId, role] = [FIRST_ORGANISATION_ID, 'itAdmin'] as const;
    const id = await addMember(database.db, { organisationId, displayName: 'Ida', email: null, role });
    const itAdmin: Actor = { kind: 'person', id, organisationId, role };
    const headers = await api.signIn(itAdmin);
    const refused = await api.call('POST', `sync-runs/${run}/undo`, { headers, body: { apply: 'automatic' } });
    expect(refused.body).toMatchObject({ status: 403, permission: 'sync.approve' });
    expect((await api.call('POST', `sync-runs/${run}/undo`, { headers, body: {} })).status).toBe(202);
  });

  it('waits for no connection that was disconnected: what was planned is cancelled, and it is possible when that is back', async () => {
    const tenantId = randomUUID();
    const { id: connectionId } = await connect(api, { tenantId });
    site = new RunHarness(database.db, { organisationId: FIRST_ORGANISATION_ID, connectionId });
    const { attributes } = buildMember(randomUUID());
    site.tenant.groups.set(randomUUID(), [
      buildMember(randomUUID(), { attributes: { ...attributes, mail: `${tenantId}@example.com` } }),
    ]);
    await site.request();
    await work();
    const [done] = (await api.call('GET', `sync-runs?connectionId=${connectionId}`)).body.items!;
    const undoRun = () => api.call('POST', `sync-runs/${String(done!['id'])}/undo`, { body: {} });
    const waiting = `sync-runs/${String((await undoRun()).body['id'])}`;
    await work();
    expect((await api.call('GET', waiting)).body['state']).toBe('awaitingReview');

    await api.call('DELETE', `connections/${connectionId}`);
    expect((await api.call('GET', waiting)).body).toMatchObject({
      state: 'cancelled',
      error: {
        code: 'CONNECTION_DISCONNECTED',
        remedy: expect.stringContaining('Connect the tenant again') as string,
      },
    });
    const refused = await undoRun();
    expect(refused.body).toMatchObject({ status: 409, code: 'CONNECTION_DISCONNECTED' });
    expect(refused.body['remedy']).toContain('Connect the tenant again');
    const full = await api.call('POST', `connections/${connectionId}/sync-runs`, { body: { kind: 'full', apply: 'review' } });
    expect(full.body).toMatchObject({ status: 409, code: 'CONNECTION_DISCONNECTED' });

    await connect(api, { tenantId });
    const possible = await undoRun();
    await work();
    expect((await api.call('GET', `sync-runs/${String(possible.body['id'])}`)).body['state']).toBe('awaitingReview');
  });
});
