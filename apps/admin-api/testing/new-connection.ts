import { randomUUID } from 'node:crypto';
import type { AdminApi } from './start-admin-api.js';

/** A body that `POST /connections` takes, with a group of its own in the tenant in memory. */
export function buildConnectionBody(api: AdminApi, overrides: Record<string, unknown> = {}) {
  return {
    name: 'Contoso',
    tenantId: randomUUID(),
    credential: { kind: 'clientSecret', clientId: randomUUID(), clientSecret: 'the-right-secret' },
    scope: { mode: 'groups', groups: [api.tenant.addGroup('Staff')] },
    ...overrides,
  };
}

/** A connection that was made by the API; throws what was answered where it was not. */
export async function connect(api: AdminApi, overrides: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
  const { status, body, text } = await api.call('POST', 'connections', { body: buildConnectionBody(api, overrides) });
  if (status !== 201) throw new Error(`the connection was not made: ${text}`);
  return body as unknown as { id: string; version: number };
}
