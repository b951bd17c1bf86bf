import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { silentLog, systemClock } from '#contracts';
import { cloudEndpoints, GraphClients, type ThrottleGate } from '#graph-client';
import type { TenantFacts } from '../../test/support/tenant.js';
import { timed } from '../support/statistics.js';

/** Nobody is asked to wait. */
const openGate: ThrottleGate = {
  blockedUntil: () => Promise.resolve(null),
  block: () => Promise.resolve(),
  load: () => Promise.resolve(null),
  reportLoad: () => Promise.resolve(),
};

/** Seconds that the Graph client alone needs for all pages of the group. Throws where it does not see all members. */
export async function readWithBareClient(facts: TenantFacts, groupId: string, members: number): Promise<number> {
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
    const { result, seconds } = await timed(async () => {
      let seen = 0;
      for await (const page of client.members(groupId)) seen += page.members.length;
      return seen;
    });
    if (result !== members) throw new Error(`the bare client saw ${result} of ${members} members`);
    return seconds;
  } finally {
    await clients.close();
  }
}
