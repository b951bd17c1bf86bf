import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { startAdminApi, type AdminApi } from '../../testing/start-admin-api.js';
import { adminApiOwners } from '../admin-api-service.js';

const COMMITTED = new URL('../../openapi.json', import.meta.url);
const database = withDatabase(adminApiOwners);
let api: AdminApi;

beforeAll(async () => {
  api = await startAdminApi(database.db, database.url);
});
afterAll(() => api.stop());

interface Operation {
  readonly requestBody?: { readonly required: boolean };
  readonly security?: unknown[];
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

async function operations(): Promise<[string, Operation][]> {
  const { body } = await api.call('GET', '/api/openapi.json', { as: 'nobody' });
  const paths = body['paths'] as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
}

describe('the OpenAPI document', () => {
  it('is committed as it is served (write it anew with UPDATE_OPENAPI=1)', async () => {
    const { body } = await api.call('GET', '/api/openapi.json', { as: 'nobody' });
    const served = `${JSON.stringify(body, null, 2)}\n`;
    if (process.env['UPDATE_OPENAPI'] === '1') await writeFile(COMMITTED, served);
    expect(await readFile(COMMITTED, 'utf8')).toBe(served);
  });

  it('describes for every operation its answer, its problem details and its security', async () => {
    for (const [name, { responses, security }] of await operations()) {
      expect([name, security]).toEqual([name, [{ bearer: [] }]]);
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'));
      expect([name, Object.values(success?.[1].content ?? {})[0]?.schema]).toEqual([name, expect.any(Object)]);
      const problem = responses['default']?.content?.['application/problem+json']?.schema;
      expect([name, problem]).toEqual([name, expect.any(Object)]);
    }
  });

  it('requires a body only where one must be sent, and carries no marks of its making', async () => {
    const bodies = new Map((await operations()).map(([name, { requestBody }]) => [name, requestBody?.required]));
    expect(bodies.get('post /api/v1/sync-runs/{id}/cancel')).toBeUndefined();
    expect(bodies.get('post /api/v1/sync-runs/{id}/undo')).toBe(false);
    expect(bodies.get('post /api/v1/sync-runs/{id}/approve')).toBe(true);
    expect(await readFile(COMMITTED, 'utf8')).not.toContain('may-be-absent');
  });
});
