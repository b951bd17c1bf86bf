import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { runsMigrations } from '#runs';
import { trimPlans } from './trim-plans.js';

const test = withDatabase([runsMigrations]);
const NOW = new Date('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1_000);

async function endedRun(endedAt: Date | null): Promise<string> {
  const id = randomUUID();
  await test.db.query(
    `INSERT INTO runs.sync_runs (id, organisation_id, connection_id, kind, apply, state, reason, requested_by, requested_at, wake_at, ended_at)
     VALUES ($1, $2, $2, 'full', 'review', $3, 'MANUAL', 'test', $4, $4, $5)`,
    [id, randomUUID(), endedAt === null ? 'awaitingReview' : 'completed', daysAgo(200), endedAt],
  );
  await test.db.query(
    `INSERT INTO runs.planned_changes (id, run_id, seq, ordinal, action, entra_object_id)
     SELECT gen_random_uuid(), $1, n, 0, 'create', gen_random_uuid() FROM generate_series(1, 3) n`,
    [id],
  );
  await test.db.query('INSERT INTO runs.planned_people (run_id, seq, person_id) VALUES ($1, 1, gen_random_uuid())', [id]);
  await test.db.query(
    `INSERT INTO runs.person_reads (run_id, person_id, cause, group_ids) VALUES ($1, gen_random_uuid(), 'skipped', '{}')`,
    [id],
  );
  await test.db.query(
    `INSERT INTO runs.group_proofs (run_id, group_id, account_people, account_digest) VALUES ($1, gen_random_uuid(), 0, '')`,
    [id],
  );
  return id;
}

const plansOf = async (runId: string) =>
  (await test.db.query('SELECT 1 FROM runs.planned_changes WHERE run_id = $1', [runId])).length;

it('forgets plan and proof of a run that ended 90 days ago, and keeps the run, newer plans and those that wait', async () => {
  const [old, recent, waiting] = [await endedRun(daysAgo(91)), await endedRun(daysAgo(89)), await endedRun(null)];
  expect(await trimPlans(test.db, NOW)).toBe(6);
  expect([await plansOf(old), await plansOf(recent), await plansOf(waiting)]).toEqual([0, 3, 3]);
  expect(await test.db.query('SELECT 1 FROM runs.sync_runs WHERE id = $1', [old])).toHaveLength(1);
});

it('takes no more than it was told, so that no transaction grows with what has piled up', async () => {
  const old = await endedRun(daysAgo(91));
  await trimPlans(test.db, NOW, 2);
  expect(await plansOf(old)).toBe(1);
});
