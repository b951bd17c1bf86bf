import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { withDatabase } from '#database/testing';
import { connect } from '../../testing/new-connection.js';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
const tenantId = randomUUID();
const changed: string[] = [];
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  const simulatedTenant = {
    tenantId,
    pageUrl: 'http://127.0.0.1:1',
    changeSome: (groupId: string) => {
      changed.push(groupId);
      return { newcomers: ['Nadia'], renamed: ['Ada'] };
    },
  };
  api = await startAdminApi(database.db, database.url, { simulatedTenant });
});
afterAll(() => api.stop());

const change = (id: string, instance = api) => instance.call('POST', `connections/${id}/simulated-changes`);

describe('POST /connections/{id}/simulated-changes', () => {
  it('changes the watched group of the simulated tenant and says whom', async () => {
    const group = api.tenant.addGroup('Staff');
    const { id } = await connect(api, { tenantId, cloud: 'simulated', scope: { mode: 'groups', groups: [group] } });
    expect(await change(id)).toMatchObject({ status: 200, body: { newcomers: ['Nadia'], renamed: ['Ada'] } });
    expect(changed).toEqual([group]);
  });

  it('never touches another tenant', async () => {
    const elsewhere = await connect(api, { cloud: 'simulated' });
    const real = await connect(api, { tenantId });
    for (const { id } of [elsewhere, real]) expect(await change(id)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(changed).toHaveLength(1);
  });

  it('is not there where the process runs no simulated tenant', async () => {
    const production = await startAdminApi(database.db, database.url);
    try {
      const { id } = await connect(production, { cloud: 'simulated' });
      expect((await change(id, production)).status).toBe(404);
    } finally {
      await production.stop();
    }
  });
});
