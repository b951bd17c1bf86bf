import { connectionsMigrations } from '#connections';
import { Database, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { noticesMigrations } from '#notices';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import { defaultTimings, watchMigrations } from '#watch';
import { claimDueChain } from '../../libs/watch/src/chains/claim-due-chain.js';
import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport } from '../support/report.js';
import { median, timed } from '../support/statistics.js';
import { tasksThatLook, watchOf } from './looks.js';
import { putAtRest, seedConnections } from './seed-connections.js';

const MANY = 10_000;
const FEW = 10;
const TIMES = 15;

/** What looking for work costs in an installation with many connections of which few have anything to do, beside one with few. */
export async function benchConnections(postgres: BenchPostgres): Promise<BenchReport> {
  const many = await looksAt(postgres, 'connections_many', MANY);
  const few = await looksAt(postgres, 'connections_few', FEW);
  const findings = [...many].map(([what, { ms, everyMs }]) => {
    const floor = few.get(what)?.ms ?? Number.NaN;
    const often = everyMs === null ? '' : ` each ${everyMs / 1_000} s`;
    return { what, ours: `${ms.toFixed(1)} ms${often}`, floor: `${floor.toFixed(1)} ms`, ratio: ms / floor };
  });
  return {
    title: `a look for work, median, ${MANY.toLocaleString('en')} connections`,
    floor: `the same look with ${FEW} connections`,
    findings,
  };
}

interface Look {
  readonly ms: number;
  /** How often a process looks; null: whenever something is due. */
  readonly everyMs: number | null;
}

async function looksAt(postgres: BenchPostgres, name: string, connections: number): Promise<Map<string, Look>> {
  const url = await postgres.createDatabase(name);
  const owners = [
    messagingMigrations,
    connectionsMigrations,
    watchMigrations,
    peopleMigrations,
    runsMigrations,
    noticesMigrations,
  ];
  await migrate(url, owners);
  await withDatabase(unflushed(url), async (db) => {
    await seedConnections(db, connections);
    for (const task of tasksThatLook(db)) await task.run(new AbortController().signal);
    await putAtRest(db, defaultTimings.sweepMs);
  });
  return withDatabase(url, async (db) => {
    const tasks = tasksThatLook(db);
    for (const task of tasks) await task.run(new AbortController().signal);
    const looks = new Map<string, Look>();
    looks.set('chains: none is due', { ms: await medianOf(() => claimDueChain(watchOf(db))), everyMs: 1_000 });
    await db.query(`UPDATE watch.chains SET read_at = now() - interval '1 hour'`);
    looks.set('chains: all are due', { ms: await medianOf(() => claimDueChain(watchOf(db))), everyMs: null });
    await putAtRest(db, defaultTimings.sweepMs);
    for (const task of tasks) {
      const ms = await medianOf(() => task.run(new AbortController().signal));
      looks.set(task.name, { ms, everyMs: task.intervalMs });
    }
    return looks;
  });
}

/** Making the connections is no part of what is measured: its commits wait for no disk. */
function unflushed(url: string): string {
  const changed = new URL(url);
  changed.searchParams.set('options', '-c synchronous_commit=off');
  return changed.href;
}

async function withDatabase<Result>(url: string, work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await Database.connect({ url, maxConnections: 10, applicationName: 'bench' });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) times.push((await timed(work)).seconds * 1_000);
  return median(times);
}
