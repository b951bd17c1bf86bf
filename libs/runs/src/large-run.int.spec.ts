import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { Database } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const FEW = 1_000;
const MANY = 8_000;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

it('reads no more of its tables for each person of a large group than of a small one, whatever the planner knows of them', async () => {
  const ofFew = await rowsReadByFirstSync(FEW);
  const ofMany = await rowsReadByFirstSync(MANY);
  // Some whole looks at a table are no matter, and the planner chooses how many; one for each page of 500 would be as many again.
  for (const [table, rows] of ofFew)
    expect((ofMany.get(table) ?? 0) / MANY, table).toBeLessThan(Math.max(25, (1.5 * rows) / FEW));
}, 180_000);

/** Rows that Postgres looked at, by table; its backends tell of theirs when they end. */
async function rowsReadByFirstSync(people: number): Promise<Map<string, number>> {
  const before = await rowsRead();
  const db = await Database.connect({ url: test.url, applicationName: 'test' });
  const site = new RunHarness(db);
  site.tenant.pageSize = 999;
  site.tenant.groups.set(
    randomUUID(),
    Array.from({ length: people }, (_, n) => {
      const mail = `${people}-${n}@example.com`;
      return buildMember(randomUUID(), {
        attributes: { mail, userPrincipalName: mail, displayName: mail, accountEnabled: true },
      });
    }),
  );
  await site.completedRun();
  await db.close();
  const after = await rowsRead();
  return new Map([...after].map(([table, rows]) => [table, rows - (before.get(table) ?? 0)]));
}

async function rowsRead(): Promise<Map<string, number>> {
  const rows = await test.db.query<{ table: string; rows: number }>(
    `SELECT relname AS "table", seq_tup_read + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_user_tables
      WHERE schemaname IN ('runs', 'people')`,
  );
  return new Map(rows.map(({ table, rows: read }) => [table, read]));
}
