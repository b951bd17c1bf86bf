import { randomUUID } from 'node:crypto';
import { defaultConnectionSettings } from '#contracts';
import type { NewConnection } from '#connections';

/** A connection to a tenant that nobody else in the test has. */
export function buildNewConnection(overrides: Partial<NewConnection> = {}): NewConnection {
  return {
    name: 'Contoso',
    tenantId: randomUUID(),
    clientId: randomUUID(),
    cloud: 'global',
    credential: { clientSecret: 'a-secret-of-the-tenant', expiresAt: null },
    settings: defaultConnectionSettings,
    watchedGroups: [{ id: randomUUID(), displayName: 'Staff' }],
    ...overrides,
  };
}
