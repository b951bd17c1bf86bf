import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#database/embedded';

/** Vitest's global set-up of the suites with real dependencies: one Postgres for all files; each file makes its own database. */
export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '400' },
  });
  project.provide('postgresUrl', postgres.url);
  project.provide('kafkaBrokers', process.env['KAFKA_BROKERS'] || null);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
