import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations, trimPeople } from '#people';
import { removed, TestTenant } from '#people/testing';

const test = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations]);
const DAY = 24 * 60 * 60 * 1_000;
const now = new Date('2026-06-01T00:00:00Z');
const count = async (table: string) => {
  const [row] = await test.db.query<{ n: number }>(`SELECT count(*) AS n FROM people.${table}`);
  return row!.n;
};

describe('retention (design section 2)', () => {
  it('leaves a tombstone alone that somebody turns into a membership at this moment', async () => {
    const tenant = new TestTenant(test.db);
    await tenant.memberships([removed(randomUUID())]);
    tenant.passes(61 * 24 * 3600);
    let trimmed: Record<string, number> = {};
    await test.db.transaction(async (tx) => {
      await tx.query('UPDATE people.memberships SET present = true, changed_at = $2 WHERE connection_id = $1', [
        tenant.connectionId,
        tenant.now,
      ]);
      trimmed = await trimPeople(test.db, tenant.now);
    });
    expect([trimmed['tombstones'], await count('memberships')]).toEqual([0, 1]);
  });

  it('forgets what plans and the guard said of runs after 90 days, of every group, and finds it by its age', async () => {
    const ids = [randomUUID(), randomUUID()];
    for (const [index, runId] of ids.entries()) {
      const at = new Date(now.getTime() - (index === 0 ? 91 : 89) * DAY);
      const run = [randomUUID(), randomUUID(), runId, at];
      await test.db.query(
        `INSERT INTO people.plan_units (organisation_id, connection_id, run_id, recorded_at, entra_object_id, expected_revision, revision_after)
         VALUES ($1, $2, $3, $4, gen_random_uuid(), 1, 1)`,
        run,
      );
      await test.db.query(
        `INSERT INTO people.plan_outcomes (organisation_id, connection_id, run_id, recorded_at, change_id, entra_object_id, outcome)
         VALUES ($1, $2, $3, $4, gen_random_uuid(), gen_random_uuid(), 'applied')`,
        run,
      );
      await test.db.query(
        `INSERT INTO people.run_pages (organisation_id, connection_id, run_id, applied_at, event_id, counts) VALUES ($1, $2, $3, $4, 'x', '{}')`,
        run,
      );
      await test.db.query(
        `INSERT INTO people.run_trips (organisation_id, connection_id, run_id, judged_at, group_id, code, lost, base, allowed)
         SELECT $1, $2, $3, $4, gen_random_uuid(), 'GUARD_TRIPPED', 1, 1, 1 FROM generate_series(1, 3)`,
        run,
      );
    }
    expect(await trimPeople(test.db, now)).toMatchObject({ planUnits: 1, planOutcomes: 1, runPages: 1, runTrips: 3 });
    expect(await Promise.all(['plan_units', 'plan_outcomes', 'run_pages', 'run_trips'].map(count))).toEqual([1, 1, 1, 3]);
  });

  it.each([
    ['plan_units', 'recorded_at'],
    ['plan_outcomes', 'recorded_at'],
    ['run_pages', 'applied_at'],
    ['run_trips', 'judged_at'],
  ])('finds the old rows of %s by an index', async (table, column) => {
    const plan = await test.db.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query(`EXPLAIN SELECT ctid FROM people.${table} WHERE ${column} < now() LIMIT 5000 FOR UPDATE SKIP LOCKED`);
    });
    expect(JSON.stringify(plan)).toMatch(/Index Scan using \w+_age|Bitmap Index Scan on \w+_age/);
  });
});
