import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstOrganisation } from '#connections';
import { withDatabase } from '#database/testing';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  await ensureFirstOrganisation(database.db);
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

describe('what the wizard looks up', () => {
  it('is the tenant of a domain, or that there is none, with the remedy', async () => {
    const { status, body } = await api.call('POST', 'connections/look-up-tenant', { body: { tenant: 'contoso.example' } });
    expect([status, body]).toEqual([200, { tenantId: api.tenant.tenantId }]);
    const unknown = await api.call('POST', 'connections/look-up-tenant', { body: { tenant: 'nobody.example' } });
    expect([unknown.status, unknown.body['code']]).toEqual([422, 'TENANT_NOT_FOUND']);
  });

  it('is the groups whose names begin with a text, by a secret that is in no answer', async () => {
    const id = api.tenant.addGroup('Sales Europe');
    api.tenant.addGroup('Marketing');
    const search = (clientSecret: string) =>
      api.call('POST', 'connections/search-groups', {
        body: { tenantId: randomUUID(), credential: { clientId: randomUUID(), clientSecret }, text: 'sal' },
      });
    const found = await search('the-right-secret');
    expect(found.body.items).toEqual([{ id, displayName: 'Sales Europe', kind: 'security', mail: null }]);
    const refused = await search('a-wrong-secret');
    expect([refused.status, refused.body['code']]).toEqual([422, 'SECRET_INVALID']);
    expect(refused.text).not.toContain('a-wrong-secret');
  });
});
