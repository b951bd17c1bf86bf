import type { BenchPostgres } from '../support/bench-postgres.js';
import type { BenchReport } from '../support/report.js';
import { percentile } from '../support/statistics.js';
import { apiUnderBench, type ApiUnderBench } from './api-under-bench.js';
import { pagesOfTheConsole } from './pages-of-the-console.js';

const FULL = { accounts: 50_000, effects: 1_000_000 };
const EMPTY = { accounts: 0, effects: 0 };
const TIMES = 20;

/** Every list and page of the console, asked of a large organisation and of an empty one in turn, so that a busy machine hits both. */
export async function benchPagesApi(postgres: BenchPostgres): Promise<BenchReport> {
  const full = await apiUnderBench(await postgres.createDatabase('pages_api'), FULL);
  const empty = await apiUnderBench(await postgres.createDatabase('pages_api_empty'), EMPTY);
  try {
    const [ours, least] = [await pagesOfTheConsole(full), await pagesOfTheConsole(empty)];
    const findings = [];
    for (const [what, path] of ours) {
      const [own, floor] = await sideBySide(full, path, empty, least.get(what) ?? path);
      findings.push({ what, ours: `${own.toFixed(1)} ms`, floor: `${floor.toFixed(1)} ms`, ratio: own / floor });
    }
    const size = `${FULL.accounts.toLocaleString('en')} accounts and ${FULL.effects.toLocaleString('en')} rows of activity`;
    return { title: `pages, p95, ${size}`, floor: 'the same request to an organisation without anybody, in turn', findings };
  } finally {
    await full.stop();
    await empty.stop();
  }
}

async function sideBySide(full: ApiUnderBench, path: string, empty: ApiUnderBench, emptyPath: string): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  await full.get(path);
  for (let time = 0; time < TIMES; time += 1) {
    times[0].push((await full.get(path)).ms);
    times[1].push((await empty.get(emptyPath).catch(() => full.get('me'))).ms);
  }
  return [percentile(times[0], 0.95), percentile(times[1], 0.95)];
}
