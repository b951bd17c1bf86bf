import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { startApp, untilReady, type RunningProcess } from './child-process.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { RollcallApi, type ConnectionRow, type Listing } from './rollcall-api.js';
import { Tenant, type TenantFacts } from './tenant.js';

/** Short waits, so that settle, confirmation and sweep happen within a test. */
export const quickTimes = { SWEEP_INTERVAL_SECONDS: '5', SETTLE_SECONDS: '4', CONFIRM_SECONDS: '1' };

export type ServiceName = 'subscription' | 'provisioning' | 'full-sync' | 'notification' | 'admin-api';

/** The running product with a tenant of its own and one live connection to it. */
export interface RollcallSystem {
  readonly api: RollcallApi;
  readonly tenant: Tenant;
  readonly connectionId: string;
  /** The watched group. */
  readonly groupId: string;
  /** By name; in standalone all services are the one process. */
  readonly processes: ReadonlyMap<string, RunningProcess>;
  /** Starts a process that was killed, as it was. */
  restart(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** One process on the embedded engines, with its demo tenant. */
export async function startOnEmbeddedEngines(env: Record<string, string> = {}): Promise<RollcallSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'));
  const port = await freePort();
  const settings = { ROLLCALL_DATA_DIR: dataDir, HTTP_PORT: String(port), ...quickTimes, ...env };
  const address = `http://127.0.0.1:${port}`;
  const processes = new Map<string, RunningProcess>();
  const start = async () => {
    const standalone = startApp('standalone', settings);
    processes.set('standalone', standalone);
    await untilReady(address, standalone).catch((error: unknown) => {
      standalone.signal('SIGKILL');
      throw error;
    });
  };
  await start();
  const api = new RollcallApi(address, (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim());
  const tenant = await Tenant.of(JSON.parse(await readFile(join(dataDir, 'simulator.json'), 'utf8')) as TenantFacts);
  const connectionId = await eventually(async () => {
    const { items } = await api.get<Listing<ConnectionRow>>('/connections');
    const [connection] = items;
    if (connection?.state !== 'enabled') throw new Error(`no live connection: ${JSON.stringify(items)}`);
    return connection.id;
  });
  return {
    api,
    tenant,
    connectionId,
    groupId: firstGroup(tenant),
    processes,
    restart: start,
    stop: async () => {
      await tenant.close();
      for (const running of processes.values()) await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const servicePorts: readonly ServiceName[] = ['subscription', 'provisioning', 'full-sync', 'notification', 'admin-api'];

export interface Engines {
  readonly brokers: string;
  readonly databaseUrl: string;
}

/** Services as processes: any of them can have more replicas. */
export interface ServicesSystem extends RollcallSystem {
  /** Another replica beside those that run, on a port of its own; answers its address. */
  addReplica(name: ServiceName): Promise<string>;
  readonly adminToken: string;
}

/** Every service as its own process on real Kafka and Postgres; the tenant is a process too, found by environment alone. */
export async function startAsServices(env: Record<string, string> = {}, given?: Engines): Promise<ServicesSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'));
  const databaseName = `e2e_${randomBytes(6).toString('hex')}`;
  const { brokers, databaseUrl } = given ?? { brokers: sharedBrokers(), databaseUrl: await createTestDatabase(databaseName) };
  const ports = new Map<string, number>();
  for (const name of servicePorts) ports.set(name, await freePort());
  const address = (name: ServiceName) => `http://127.0.0.1:${ports.get(name)}`;

  const processes = new Map<string, RunningProcess>();
  const tenant = await startTenant(dataDir, processes);
  const adminToken = randomBytes(24).toString('hex');
  const shared = {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC_PREFIX: `${databaseName}.`,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_TOKEN: adminToken,
    PUBLIC_URL: address('subscription'),
    GRAPH_BASE_URL: tenant.facts.graphBaseUrl,
    ENTRA_AUTHORITY_HOST: tenant.facts.authorityHost,
    NODE_EXTRA_CA_CERTS: tenant.facts.caFile,
    ...quickTimes,
    ...env,
  };
  const start = (name: string) => {
    const running = startApp(name, { ...shared, HTTP_PORT: String(ports.get(name)) });
    processes.set(name, running);
    return running;
  };
  try {
    for (const name of servicePorts) start(name);
    for (const name of servicePorts) await untilReady(address(name), processes.get(name)!);
  } catch (error) {
    for (const running of processes.values()) running.signal('SIGKILL');
    throw error;
  }

  const api = new RollcallApi(address('admin-api'), adminToken);
  const groupId = firstGroup(tenant);
  const { tenantId, clientId, clientSecret } = tenant.facts;
  const connection = await api.post<ConnectionRow>('/connections', {
    name: 'Contoso',
    tenantId,
    credential: { kind: 'clientSecret', clientId, clientSecret },
    scope: { mode: 'groups', groups: [groupId] },
  });
  await api.post(`/connections/${connection.id}/enable`);
  return {
    api,
    tenant,
    connectionId: connection.id,
    groupId,
    processes,
    adminToken,
    addReplica: async (name) => {
      const port = await freePort();
      const replica = startApp(name, { ...shared, HTTP_PORT: String(port) });
      processes.set(`${name} on ${port}`, replica);
      await untilReady(`http://127.0.0.1:${port}`, replica);
      return `http://127.0.0.1:${port}`;
    },
    restart: async (name) => {
      const running = start(name);
      await untilReady(address(name as ServiceName), running);
    },
    stop: async () => {
      await tenant.close();
      await Promise.all([...processes.values()].map((running) => running.stop()));
      if (given === undefined) await dropTestDatabase(databaseName);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startTenant(dataDir: string, processes: Map<string, RunningProcess>): Promise<Tenant> {
  const simulator = startApp('graph-simulator', { SIMULATOR_DATA_DIR: dataDir });
  processes.set('graph-simulator', simulator);
  const facts = await eventually(
    async () => {
      const text = await readFile(join(dataDir, 'simulator.json'), 'utf8').catch(() => {
        throw new Error(`the tenant has not started:\n${simulator.output()}`);
      });
      return JSON.parse(text) as TenantFacts;
    },
    { deadlineMs: 30_000 },
  );
  return Tenant.of(facts);
}

function firstGroup(tenant: Tenant): string {
  const [group] = tenant.facts.groups;
  if (group === undefined) throw new Error('the tenant has no group');
  return group.id;
}

function sharedBrokers(): string {
  const brokers = inject('kafkaBrokers');
  if (brokers === null) throw new Error('there is no Kafka: set KAFKA_BROKERS');
  return brokers;
}
