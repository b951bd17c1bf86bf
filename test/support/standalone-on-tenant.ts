import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, untilReady, type RunningProcess } from './child-process.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { RollcallApi, type ConnectionRow } from './rollcall-api.js';
import { TenantControl } from './tenant-control.js';
import type { TenantFacts } from './tenant.js';

/** The whole product in one process and a tenant in another, so that the memory of the one is not that of the other. */
export interface StandaloneOnTenant {
  readonly api: RollcallApi;
  readonly facts: TenantFacts;
  readonly control: TenantControl;
  /** The product's process that runs now. */
  standalone(): RunningProcess;
  /** A connection to the tenant that watches these groups, switched off. */
  connect(groupIds: readonly string[], settings?: Readonly<Record<string, unknown>>): Promise<string>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts the product again, as it was. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** `env` of the product, which may need the tenant's; `DATABASE_URL` in it gives it a database, else it brings its own. */
export async function startStandaloneOnTenant(
  env: Environment | ((facts: TenantFacts) => Environment) = {},
): Promise<StandaloneOnTenant> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-standalone-'));
  const simulator = startApp('graph-simulator', { SIMULATOR_DATA_DIR: dataDir });
  let standalone: RunningProcess | undefined;
  const stop = async () => {
    await standalone?.stop();
    await simulator.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const facts = await tenantFacts(dataDir, simulator);
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const token = randomBytes(24).toString('hex');
    const settings = {
      ROLLCALL_DATA_DIR: join(dataDir, 'rollcall'),
      HTTP_PORT: String(port),
      ADMIN_TOKEN: token,
      PUBLIC_URL: address,
      GRAPH_BASE_URL: facts.graphBaseUrl,
      ENTRA_AUTHORITY_HOST: facts.authorityHost,
      NODE_EXTRA_CA_CERTS: facts.caFile,
      LOG_LEVEL: 'warn',
      ...(typeof env === 'function' ? env(facts) : env),
    };
    const start = async () => {
      standalone = startApp('standalone', settings);
      await untilReady(address, standalone);
    };
    await start();
    const api = new RollcallApi(address, token);
    return {
      api,
      facts,
      control: new TenantControl(facts),
      standalone: () => running(standalone),
      connect: async (groupIds, settingsOfConnection) => connect(api, facts, groupIds, settingsOfConnection),
      kill: async () => {
        running(standalone).signal('SIGKILL');
        await running(standalone).ended;
      },
      restart: start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connect(
  api: RollcallApi,
  { tenantId, clientId, clientSecret }: TenantFacts,
  groups: readonly string[],
  settings?: Readonly<Record<string, unknown>>,
): Promise<string> {
  const connection = await api.post<ConnectionRow>('/connections', {
    name: 'Contoso',
    tenantId,
    credential: { kind: 'clientSecret', clientId, clientSecret },
    scope: { mode: 'groups', groups },
    ...(settings === undefined ? {} : { settings }),
  });
  return connection.id;
}

async function tenantFacts(dataDir: string, simulator: RunningProcess): Promise<TenantFacts> {
  return eventually(
    async () => {
      const text = await readFile(join(dataDir, 'simulator.json'), 'utf8').catch(() => {
        throw new Error(`the tenant has not started:\n${simulator.output()}`);
      });
      return JSON.parse(text) as TenantFacts;
    },
    { deadlineMs: 60_000 },
  );
}

function running(process: RunningProcess | undefined): RunningProcess {
  if (process === undefined) throw new Error('the product does not run');
  return process;
}
