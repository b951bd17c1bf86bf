import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, untilReady, type RunningProcess } from '../support/child-process.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { processesNaming } from '../support/processes.js';
import { RollcallApi, type AccountRow, type ConnectionRow, type Listing } from '../support/rollcall-api.js';
import { Tenant, type TenantFacts } from '../support/tenant.js';

const SECOND_START_MS = 15_000;
/** A start may take this many times what loading the code alone takes, where a busy machine makes that slow. */
const LOADS_A_START = 4;
const STOP_MS = 10_000;

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

describe('a fault at start is one line, without a stack, and leaves nothing running', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(parent, 'fault-'));
  });

  const startAndFail = async (env: Record<string, string>) => {
    const running = startApp('standalone', { ROLLCALL_DATA_DIR: dataDir, HTTP_PORT: String(await freePort()), ...env });
    expect(await running.ended).toBe(1);
    expect(await processesNaming(dataDir)).toEqual([]);
    return running.output();
  };

  it('a taken port', async () => {
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
    const { port } = holder.address() as AddressInfo;
    const output = await startAndFail({ HTTP_PORT: String(port) });
    await new Promise((done) => holder.close(done));
    expect(output).toBe(
      `Rollcall cannot start: port ${port} on 127.0.0.1 is taken by another process; set HTTP_PORT to another one\n`,
    );
  });

  it('an unusable data folder', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, '');
    const output = await startAndFail({ ROLLCALL_DATA_DIR: join(file, 'below') });
    expect(output).toMatch(/^Rollcall cannot start: the data folder .*file\/below cannot be used \(ENOTDIR\).*\n$/);
  });

  it('a demo tenant beside another Graph server', async () => {
    const output = await startAndFail({ DEMO_TENANT: 'on', GRAPH_BASE_URL: 'https://localhost:8443' });
    expect(output).toMatch(/^Rollcall cannot start: .*DEMO_TENANT: cannot be on together with GRAPH_BASE_URL.*\n$/);
  });
});

/** A standalone on a folder and port of its own, which may be started again and again. */
class Site {
  private constructor(
    readonly dataDir: string,
    private readonly port: number,
  ) {}

  static async create(name: string, port?: number): Promise<Site> {
    return new Site(await mkdtemp(join(parent, `${name}-`)), port ?? (await freePort()));
  }

  running!: RunningProcess;
  address!: string;

  /** Answers how long it took until the process was ready. */
  async start(): Promise<number> {
    const startedAt = performance.now();
    this.running = startApp('standalone', { ROLLCALL_DATA_DIR: this.dataDir, HTTP_PORT: String(this.port) });
    this.address = this.port === 0 ? await announcedAddress(this.running) : `http://127.0.0.1:${this.port}`;
    await untilReady(this.address, this.running);
    return performance.now() - startedAt;
  }

  /** Answers how long it took until the process had ended. */
  async end(signal: NodeJS.Signals): Promise<{ status: number | NodeJS.Signals; tookMs: number }> {
    const startedAt = performance.now();
    this.running.signal(signal);
    return { status: await this.running.ended, tookMs: performance.now() - startedAt };
  }

  async api(): Promise<RollcallApi> {
    return new RollcallApi(this.address, (await readFile(join(this.dataDir, 'admin-token'), 'utf8')).trim());
  }

  async tenantFacts(): Promise<TenantFacts> {
    return JSON.parse(await readFile(join(this.dataDir, 'simulator.json'), 'utf8')) as TenantFacts;
  }

  /** By the people's ids, once the watched group is in. */
  async accountIds(atLeast: number): Promise<string[]> {
    const api = await this.api();
    return eventually(
      async () => {
        const { items } = await api.get<Listing<AccountRow>>('/accounts?limit=1000');
        if (items.length < atLeast) throw new Error(`${items.length} accounts of ${atLeast}`);
        return items.map(({ entraObjectId }) => entraObjectId).sort();
      },
      { deadlineMs: 30_000 },
    );
  }
}

/** How long a process takes that only loads the code and finds its configuration wrong. */
async function timeToLoad(): Promise<number> {
  const startedAt = performance.now();
  await startApp('standalone', { HTTP_PORT: 'none' }).ended;
  return performance.now() - startedAt;
}

async function announcedAddress(running: RunningProcess): Promise<string> {
  return eventually(
    () => {
      const [, address] = /Rollcall is ready at (\S+)/.exec(running.output()) ?? [];
      if (address === undefined) throw new Error(`no address was named:\n${running.output()}`);
      return address;
    },
    { deadlineMs: 60_000 },
  );
}

describe('a standalone over several starts', () => {
  let site: Site;
  let accounts: string[];
  let tenantId: string;

  beforeAll(async () => {
    site = await Site.create('lives');
    await site.start();
  });
  afterAll(() => site.running.stop());
  afterEach(() => expect(site.running.output()).not.toMatch(/Warning|\n {4}at /));

  it('has simulator.json before it is ready, and keeps the API token for its owner only (invariant 10)', async () => {
    const facts = await site.tenantFacts();
    tenantId = facts.tenantId;
    accounts = await site.accountIds(1);
    const tenant = await Tenant.of(facts);
    const members = await tenant.members(facts.groups[0]!.id);
    await tenant.close();
    accounts = await site.accountIds(members.length);
    expect(accounts).toEqual(members.map(({ id }) => id).sort());
    const tokenFile = join(site.dataDir, 'admin-token');
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    expect(site.running.output()).not.toContain((await readFile(tokenFile, 'utf8')).trim());
  });

  it('ends within 10 s on SIGTERM to its process group, also with an open live stream', async () => {
    const token = (await readFile(join(site.dataDir, 'admin-token'), 'utf8')).trim();
    const stream = await fetch(`${site.address}/api/v1/events`, { headers: { authorization: `Bearer ${token}` } });
    expect(stream.status).toBe(200);
    const { status, tookMs } = await site.end('SIGTERM');
    await stream.text().catch(() => undefined);
    expect(status).toBe(0);
    expect(tookMs).toBeLessThan(STOP_MS);
    expect(await processesNaming(site.dataDir)).toEqual([]);
  });

  it('is there again within 15 s, with the same tenant and the same accounts: Postgres was not hurt', async () => {
    const loadingMs = await timeToLoad();
    expect(await site.start()).toBeLessThan(Math.max(SECOND_START_MS, LOADS_A_START * loadingMs));
    expect((await site.tenantFacts()).tenantId).toBe(tenantId);
    expect(await site.accountIds(accounts.length)).toEqual(accounts);
  });

  it('starts again after SIGKILL, which leaves a lock file and an orphaned Postgres', async () => {
    await site.end('SIGKILL');
    expect(await readFile(join(site.dataDir, 'rollcall.lock'), 'utf8')).toMatch(/^\d+ /);
    if (existsSync('/proc')) expect((await processesNaming(site.dataDir)).join()).toContain('postgres');
    await site.start();
    expect((await site.tenantFacts()).tenantId).toBe(tenantId);
    expect(await site.accountIds(accounts.length)).toEqual(accounts);
  });

  it('refuses a second process on the same folder, in one line, and goes on undisturbed', async () => {
    const second = startApp('standalone', { ROLLCALL_DATA_DIR: site.dataDir, HTTP_PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/^Rollcall cannot start: the data folder .* is in use by process \d+.*\n$/);
    expect((await fetch(`${site.address}/health/ready`)).status).toBe(200);
  });

  it('ends within 10 s on SIGINT to its process group', async () => {
    const { status, tookMs } = await site.end('SIGINT');
    expect(status).toBe(0);
    expect(tookMs).toBeLessThan(STOP_MS);
    expect(await processesNaming(site.dataDir)).toEqual([]);
  });
});

describe('two standalones with other folders and ports', () => {
  const sites: Site[] = [];
  beforeAll(async () => {
    sites.push(await Site.create('one', 0), await Site.create('two', 0));
    await Promise.all(sites.map((site) => site.start()));
  });
  afterAll(async () => {
    await Promise.all(sites.map((site) => site.running.stop()));
  });

  it('do not see each other, and each gets its notifications on the port that the system chose', async () => {
    const [one, two] = sites as [Site, Site];
    const facts = await one.tenantFacts();
    expect((await two.tenantFacts()).tenantId).not.toBe(facts.tenantId);
    const others = await two.accountIds(1);
    const known = await one.accountIds(1);
    const api = await one.api();
    const [connection] = (await api.get<Listing<ConnectionRow>>('/connections')).items;
    await eventually(
      async () => {
        const { mode } = await api.get<{ mode: string }>(`/connections/${connection!.id}/health`);
        if (mode !== 'perGroup') throw new Error('the connection is not live yet');
      },
      { deadlineMs: 30_000 },
    );
    const tenant = await Tenant.of(facts);
    const person = await tenant.addUser('New Colleague');
    await tenant.addMember(facts.groups[0]!.id, person.id);
    await tenant.close();
    // The sweep comes every 5 minutes: only a notification can be this quick.
    await eventually(async () => expect(await one.accountIds(known.length + 1)).toContain(person.id), { deadlineMs: 20_000 });
    expect(await two.accountIds(others.length)).not.toContain(person.id);
  });
});
