import {
  createConnection,
  enableConnection,
  FIRST_ORGANISATION_ID,
  listConnections,
  systemActor,
  type SecretBox,
} from '#connections';
import { connectionSettingsSchema, type Log } from '#contracts';
import type { Database } from '#database';
import type { GraphEndpoints } from '#graph-client';
import { startSimulator } from '#graph-simulator';
import type { SimulatedTenant } from '../../admin-api/src/simulated-tenant/simulated-tenant.js';
import type { DataFolder } from './data-folder.js';

export const DEMO_CONNECTION_NAME = 'Simulated tenant';

/** The simulated tenant of this data folder, running. */
export interface DemoTenant extends SimulatedTenant {
  readonly endpoints: GraphEndpoints;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
  stop(): Promise<void>;
}

/** Starts the tenant that the data folder keeps, and tells outside programs of it in `simulator.json`. */
export async function startDemoTenant(folder: DataFolder, log: Log): Promise<DemoTenant> {
  const simulator = await startSimulator({ dataDir: `${folder.path}/simulator`, log });
  const { graphBaseUrl, authorityHost, caFile, caPem, pageUrl, tenantId, clientId, clientSecret, groups } = simulator;
  const facts = { graphBaseUrl, authorityHost, caFile, pageUrl, tenantId, clientId, clientSecret, groups };
  await folder.write('simulator.json', `${JSON.stringify(facts, null, 2)}\n`, 0o600);
  const endpoints = { graphBaseUrl, authorityHost, scope: 'https://graph.microsoft.com/.default', ca: caPem };
  return {
    endpoints,
    pageUrl,
    tenantId,
    clientId,
    clientSecret,
    groups,
    changeSome: (groupId) => simulator.control.changeSome(groupId),
    stop: () => simulator.stop(),
  };
}

/**
 * Makes the connection to the tenant, live, once: whoever removed or paused it does not find it back after the next start.
 */
export async function connectDemoTenant(db: Database, secretBox: SecretBox, demo: DemoTenant): Promise<void> {
  const actor = systemActor('standalone', FIRST_ORGANISATION_ID);
  const [watched] = demo.groups;
  if (watched === undefined) return;
  await db.transaction(async (tx) => {
    const known = await listConnections(tx, FIRST_ORGANISATION_ID, { limit: 1_000 });
    if (known.some((connection) => connection.tenantId === demo.tenantId)) return;
    const connection = await createConnection(
      tx,
      actor,
      {
        name: DEMO_CONNECTION_NAME,
        tenantId: demo.tenantId,
        clientId: demo.clientId,
        cloud: 'simulated',
        credential: { clientSecret: demo.clientSecret, expiresAt: null },
        settings: connectionSettingsSchema.parse({ notify: { onRefresh: { recipients: [], channels: ['inProduct'] } } }),
        watchedGroups: [{ id: watched.id, displayName: watched.displayName }],
      },
      secretBox,
    );
    await enableConnection(tx, actor, connection.id);
  });
}
