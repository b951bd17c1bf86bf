import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { silentLog, systemClock } from '#contracts';
import { cloudEndpoints, GraphClients, type GraphClient, type ThrottleGate } from '#graph-client';
import type { TenantFacts } from '../../test/support/tenant.js';

/** Nobody is asked to wait. */
const openGate: ThrottleGate = {
  blockedUntil: () => Promise.resolve(null),
  block: () => Promise.resolve(),
  load: () => Promise.resolve(null),
  reportLoad: () => Promise.resolve(),
};

/** The Graph client alone, with a token: no database, no budget, nobody else. */
export async function withBareClient<Result>(
  facts: TenantFacts,
  work: (client: GraphClient) => Promise<Result>,
): Promise<Result> {
  const { graphBaseUrl, authorityHost, tenantId, clientId, clientSecret } = facts;
  const ca = await readFile(facts.caFile, 'utf8');
  const simulated = { graphBaseUrl, authorityHost, ca, scope: 'https://graph.microsoft.com/.default' };
  const clients = new GraphClients({
    endpoints: cloudEndpoints({ simulated }),
    throttle: openGate,
    log: silentLog,
    clock: systemClock,
  });
  try {
    const connection = { connectionId: randomUUID(), tenantId, cloud: 'simulated', clientId, clientSecret } as const;
    const client = clients.for(connection, { priority: 'low' });
    await client.token();
    return await work(client);
  } finally {
    await clients.close();
  }
}
