import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedPostgresError } from '#database';
import { startEmbeddedPostgres } from '#database/embedded';

describe('embedded Postgres', () => {
  let dataDir: string;

  beforeEach(async () => {
    // Private, as temporary folders are: Postgres has to work below a parent that others cannot pass.
    dataDir = await mkdtemp(join(tmpdir(), 'rollcall-pg-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  };

  it('keeps its data and its password over a restart', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('stops an orphan that a killed parent left, and goes on with its data (invariant 1)', async () => {
    const orphan = await startEmbeddedPostgres({ dataDir });
    await query(orphan.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const next = await startEmbeddedPostgres({ dataDir });
    expect(next.pid).not.toBe(orphan.pid);
    expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await next.stop();
  });

  it('takes no harm from a lock file whose process is another one now', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await first.stop();
    await writeFile(join(dataDir, 'db', 'postmaster.pid'), `${process.pid}\n/somewhere\n`);
    const second = await startEmbeddedPostgres({ dataDir });
    await second.stop();
  });

  it('names the folder that it cannot use, in one line (invariant 11)', async () => {
    await writeFile(join(dataDir, 'unrelated'), '');
    await startEmbeddedPostgres({ dataDir }).then((server) => server.stop());
    await rm(join(dataDir, 'db', 'global'), { recursive: true });
    const broken = startEmbeddedPostgres({ dataDir });
    await expect(broken).rejects.toThrow(EmbeddedPostgresError);
    await expect(broken).rejects.toThrow(join(dataDir, 'db'));
  });
});
