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
const GROUP = randomUUID();
let api: AdminApi;
let site: RunHarness;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  await database.db.query('CREATE SEQUENCE test_read_numbers');
  api = await startAdminApi(database.db, database.url);
  const { id: connectionId } = await connect(api);
  site = new RunHarness(database.db, { organisationId: FIRST_ORGANISATION_ID, connectionId });
});
afterAll(() => api.stop());

const path = (query = '') => `connections/${site.connectionId}/comparison${query}`;
const compare = async (query = '') => (await api.call('GET', path(query))).body;
const member = (displayName: string, more: object = {}) => {
  const built = buildMember(randomUUID());
  return { ...built, attributes: { ...built.attributes, displayName, mail: `${built.id}@example.com`, ...more } };
};

describe('GET /connections/{id}/comparison', () => {
  it('has nothing to show before a complete read', async () => {
    expect(await compare()).toMatchObject({ run: null, counts: { onlyInEntra: 0, different: 0, onlyHere: 0 }, items: [] });
  });

  it('shows who is only in Entra, who differs and who is only here, until the run has applied it', async () => {
    const [adele, ben, cara, dora] = ['Adele', 'Ben', 'Cara', 'Dora'].map((name) => member(name));
    site.tenant.groups.set(GROUP, [adele!, ben!, cara!, dora!]);
    await site.request();
    await site.work();
    expect(await compare()).toMatchObject({ counts: { onlyInEntra: 0, different: 0, onlyHere: 0 }, items: [] });

    const renamed = { ...ben!, attributes: { ...ben!.attributes, displayName: 'Benjamin' } };
    const guest = member('=cmd(1,2)', { userType: 'Guest' });
    site.tenant.groups.set(GROUP, [adele!, renamed, cara!, member('New'), guest]);
    site.tenant.elsewhere.push(dora!);
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    site.passTime(60_000);
    await site.work();
    const all = await compare();
    expect(all).toMatchObject({
      run: { id, unreadGroupIds: [] },
      counts: { onlyInEntra: 2, different: 1, onlyHere: 1 },
      unconfirmed: 0,
    });
    const sides = async (side: string) => (await compare(`?side=${side}`)).items!;
    expect(await sides('different')).toMatchObject([
      { action: 'update', before: { displayName: 'Ben' }, after: { displayName: 'Benjamin' } },
    ]);
    expect((await sides('onlyHere')).map(({ entraObjectId }) => entraObjectId)).toEqual([dora!.id, dora!.id]);
    expect((await sides('onlyInEntra')).find(({ entraObjectId }) => entraObjectId === guest.id)).toMatchObject({
      action: 'skip',
      reason: { code: 'GUEST_EXCLUDED' },
    });
    const { planHash } = (await api.call('GET', `sync-runs/${id}`)).body;
    const first = await compare('?limit=2');
    const rest = await compare(`?cursor=${String(first['nextCursor'])}`);
    expect([...first.items!, ...rest.items!]).toEqual(all.items);

    for (const [query, headers] of [
      ['?format=csv', {}],
      ['', { accept: 'text/csv' }],
    ] as const) {
      const file = await api.call('GET', path(query), { headers });
      expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(file.headers['content-disposition']).toBe(`attachment; filename="comparison-${site.connectionId}.csv"`);
      const lines = file.text.trimEnd().split('\r\n');
      expect(lines[0]).toBe('\uFEFFside,action,entraObjectId,displayName,accountId,groupId,before,after,code');
      expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(all.items!.map(({ entraObjectId }) => entraObjectId));
      expect(file.text).toContain(`onlyInEntra,skip,${guest.id},"'=cmd(1,2)",,,,,GUEST_EXCLUDED\r\n`);
    }
    const different = (await api.call('GET', path('?format=csv&side=different'))).text.trimEnd().split('\r\n');
    expect(different).toHaveLength(2);
    expect(different[1]).toContain('"{""displayName"":""Ben""');

    await api.call('POST', `sync-runs/${id}/approve`, { body: { planHash } });
    site.now = api.services.clock();
    await site.work();
    expect(await compare()).toMatchObject({ counts: { onlyInEntra: 1, different: 0, onlyHere: 0 }, run: { id } });
    await site.request();
    await site.work();
    expect(await compare()).toMatchObject({
      counts: { onlyInEntra: 1, different: 0, onlyHere: 0 },
      items: [{ entraObjectId: guest.id, action: 'skip', reason: { code: 'GUEST_EXCLUDED' } }],
    });
  });

  it('is nobody else’s, and takes no other side (invariant 9)', async () => {
    const headers = await api.signIn(await makeOrganisation(database.db));
    for (const query of ['', '?format=csv']) expect((await api.call('GET', path(query), { headers })).status).toBe(404);
    expect((await api.call('GET', path('?side=both'))).status).toBe(400);
  });
});
