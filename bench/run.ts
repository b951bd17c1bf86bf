import { parseArgs } from 'node:util';
import { benchCheckPerson } from './check-person/check-person.bench.js';
import { benchConnections } from './connections/connections.bench.js';
import { benchFullSync, DEFAULT_MEMBERS } from './full-sync/full-sync.bench.js';
import { benchIntake } from './intake/intake.bench.js';
import { benchLatency } from './latency/latency.bench.js';
import { benchPagesApi } from './pages-api/pages-api.bench.js';
import { benchPages } from './pages/pages.bench.js';
import { startBenchPostgres, type BenchPostgres } from './support/bench-postgres.js';
import { renderReport, type BenchReport } from './support/report.js';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { members: { type: 'string' } } });
const sizes = values.members?.split(',').map(Number) ?? DEFAULT_MEMBERS;
const brokers = process.env['KAFKA_BROKERS'] || undefined;

const benchmarks: Readonly<Record<string, (postgres: BenchPostgres) => Promise<BenchReport>>> = {
  intake: benchIntake,
  pages: benchPages,
  'pages-api': benchPagesApi,
  'check-person': benchCheckPerson,
  connections: benchConnections,
  latency: (postgres) => benchLatency(postgres, brokers),
  'full-sync': (postgres) => benchFullSync(postgres, sizes),
};

const chosen = positionals.length === 0 ? Object.keys(benchmarks) : positionals;
const unknown = chosen.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const postgres = await startBenchPostgres();
try {
  for (const name of chosen) {
    const bench = benchmarks[name];
    if (bench !== undefined) console.log(renderReport(await bench(postgres)));
  }
} finally {
  await postgres.stop();
}
