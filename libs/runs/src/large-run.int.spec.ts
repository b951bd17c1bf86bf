import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { Database } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';
import { eventually } from '#test/eventually';
import { PEOPLE_AT_A_TIME } from './applying/page-publisher.js';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const FEW = 1_000;
const MANY = 5_000;
/** Whole looks at a table are no matter while their number is fixed; one for each page is so many more for each person. */
const LOOK_FOR_EACH_PAGE = (MANY - FEW) / PEOPLE_AT_A_TIME;
const APPLICATION = 'large-run';

/** What the planner knows is what the test says it knows, and not what autovacuum had time for. */
beforeAll(async () => {
  await test.db.query('CREATE SEQUENCE test_read_numbers');
  const tables = await test.db.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('runs'::regnamespace, 'people'::regnamespace)`,
  );
  for (const { name } of tables) await test.db.query(`ALTER TABLE ${name} SET (autovacuum_enabled = off)`);
});

it('reads no more of its tables for each person of a large group than of a small one, whatever the planner knows of them', async () => {
  const ofFew = await rowsReadByFirstSync(FEW);
  const expectNoMore = async (knowing: string) => {
    const ofMany = await rowsReadByFirstSync(MANY);
    expect(ofMany.size).toBeGreaterThan(5);
    for (const [table, rows] of ofMany)
      expect(rows, `${table}, ${knowing}`).toBeLessThan((ofFew.get(table) ?? 0) + LOOK_FOR_EACH_PAGE / 2);
  };
  await expectNoMore('of which nothing is known');
  await test.db.query('ANALYZE');
  await expectNoMore('of which only other runs are known');
}, 180_000);

/** Rows that Postgres looked at for each person, of the tables that have a row for each. */
async function rowsReadByFirstSync(people: number): Promise<Map<string, number>> {
  const before = await rowsSoFar();
  const db = await Database.connect({ url: test.url, applicationName: APPLICATION });
  const site = new RunHarness(db);
  site.tenant.pageSize = 999;
  site.tenant.groups.set(
    randomUUID(),
    Array.from({ length: people }, () => {
      const mail = `${randomUUID()}@example.com`;
      return buildMember(randomUUID(), {
        attributes: { mail, userPrincipalName: mail, displayName: mail, accountEnabled: true },
      });
    }),
  );
  await site.completedRun();
  await db.close();
  const after = await rowsSoFar();
  const ofRun = [...after].map(([table, { read, written }]) => {
    const then = before.get(table) ?? { read: 0, written: 0 };
    return { table, read: read - then.read, written: written - then.written };
  });
  return new Map(ofRun.filter(({ written }) => written >= people).map(({ table, read }) => [table, read / people]));
}

/** By table; backends tell of theirs when they end. */
async function rowsSoFar(): Promise<Map<string, { read: number; written: number }>> {
  await eventually(async () =>
    expect(await test.db.query('SELECT 1 FROM pg_stat_activity WHERE application_name = $1', [APPLICATION])).toEqual([]),
  );
  const rows = await test.db.query<{ table: string; read: number; written: number }>(
    `SELECT relname AS "table", seq_tup_read + coalesce(idx_tup_fetch, 0) AS read, n_tup_ins AS written FROM pg_stat_user_tables
      WHERE schemaname IN ('runs', 'people')`,
  );
  return new Map(rows.map(({ table, ...counts }) => [table, counts]));
}
