import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from '../errors.js';
import { postgresBinaries } from './binaries.js';
import { stopOrphan } from './orphan.js';
import { type Launcher, unprivilegedLauncher } from './unprivileged.js';

export { runningPostgresUrl } from './running-postgres.js';

const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 6_000;
const DATABASE = 'rollcall';

export interface EmbeddedPostgresOptions {
  /** Folder that holds the cluster (`db/`) and its password (`postgres-password`); made when missing. */
  readonly dataDir: string;
  /** A free port is taken when absent. */
  readonly port?: number;
  /** Settings for `postgres -c`, such as `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `rollcall`. */
  readonly url: string;
  readonly pid: number;
  /** Fast shutdown; resolves when the server has ended. */
  stop(): Promise<void>;
}

/**
 * A real Postgres from npm on a free loopback port. It runs in a process group of its own, so that a signal to the group of its
 * parent does not end it before the parent has closed its connections. Throws `EmbeddedPostgresError` with one line that names the
 * cause.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const databaseDir = resolve(options.dataDir, 'db');
  await mkdir(databaseDir, { recursive: true, mode: 0o700 });
  const [binaries, launcher] = await Promise.all([postgresBinaries(), unprivilegedLauncher(databaseDir)]);
  const password = await keptPassword(options.dataDir);
  await stopOrphan(databaseDir);
  if (!(await exists(join(databaseDir, 'PG_VERSION')))) await initialise(binaries.initdb, launcher, databaseDir, password);
  const port = options.port ?? (await freePort());
  const server = launch(launcher, binaries.postgres, ['-D', databaseDir, ...flags(port, options.settings ?? {})], true);
  const admin = `postgres://rollcall:${password}@127.0.0.1:${port}/postgres`;
  await untilReady(server, admin, databaseDir);
  await createDatabase(admin);
  return {
    url: `postgres://rollcall:${password}@127.0.0.1:${port}/${DATABASE}`,
    pid: server.child.pid ?? 0,
    stop: () => stop(server.child),
  };
}

function flags(port: number, settings: Readonly<Record<string, string>>): string[] {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

interface Launched {
  readonly child: ChildProcess;
  /** The last lines that it wrote. */
  output(): string;
}

function launch(launcher: Launcher, command: string, args: readonly string[], detached: boolean): Launched {
  const [executable, ...rest] = [...launcher.prefix, command, ...args] as [string, ...string[]];
  const child = spawn(executable, rest, {
    ...launcher.ids,
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let tail = '';
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => {
    tail += error.message;
  });
  return { child, output: () => tail };
}

async function initialise(initdb: string, launcher: Launcher, databaseDir: string, password: string): Promise<void> {
  const passwordFile = join(databaseDir, '..', `.initdb-${randomBytes(6).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (launcher.ids.uid !== undefined) await chmod(passwordFile, 0o644);
  try {
    const init = launch(
      launcher,
      initdb,
      [
        '-D',
        databaseDir,
        '-U',
        'rollcall',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--locale=C.UTF-8',
        '--encoding=UTF8',
      ],
      false,
    );
    const code = await new Promise<number | null>((done) => {
      init.child.on('close', (status) => done(status));
    });
    if (code !== 0) throw new EmbeddedPostgresError(`the data folder ${databaseDir} cannot be used: ${lastLine(init.output())}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function untilReady({ child, output }: Launched, url: string, databaseDir: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await connects(url)) return;
    await delay(20);
  }
  child.kill('SIGKILL');
  throw new EmbeddedPostgresError(`Postgres did not start on ${databaseDir}: ${lastLine(output())}`);
}

async function connects(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGINT');
  const inTime = await Promise.race([ended.then(() => true), delay(STOP_DEADLINE_MS, false, { ref: false })]);
  if (inTime) return;
  child.kill('SIGQUIT');
  await ended;
}

async function keptPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres-password');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known.trim();
  const password = randomBytes(24).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? 'no output';
}
