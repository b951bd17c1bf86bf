import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ensureFirstOrganisation, FIRST_MEMBER_ID, FIRST_ORGANISATION_ID } from '#connections';
import { silentLog } from '#contracts';
import { tryLockNamed } from '#database';
import { withDatabase } from '#database/testing';
import { adminApiOwners } from '../admin-api-service.js';
import { KeepHouseTask } from './keep-house.task.js';

const test = withDatabase(adminApiOwners);
const DAY_MS = 24 * 60 * 60 * 1_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS);
const keepHouse = () => new KeepHouseTask(test.db, () => new Date(NOW), silentLog).run(new AbortController().signal);

/** One row that has outlived its use and one that has not, of each kind. */
async function fill(): Promise<void> {
  const { db } = test;
  await ensureFirstOrganisation(db);
  for (const [topic, keptDays] of [
    ['directory.changes.v1', 7],
    ['provisioning.events.v1', 30],
  ] as const) {
    await db.query('INSERT INTO messaging.log_partitions (topic, partition, next_offset) VALUES ($1, 0, 2)', [topic]);
    await db.query(
      `INSERT INTO messaging.log_records (topic, partition, "offset", key, headers, value, published_at)
       VALUES ($1, 0, 0, 'k', '{}', 'x', $2), ($1, 0, 1, 'k', '{}', 'x', $3)`,
      [topic, daysAgo(keptDays + 1), daysAgo(keptDays - 1)],
    );
  }
  await db.query(
    `INSERT INTO messaging.feed (organisation_id, event_id, event, appended_at) VALUES ('o', 'old', '{}', $1), ('o', 'new', '{}', $2)`,
    [daysAgo(2), daysAgo(0.5)],
  );
  for (const [offset, state, settledAt] of [
    [0, 'discarded', daysAgo(91)],
    [1, 'discarded', daysAgo(89)],
    [2, 'open', null],
  ] as const) {
    await db.query(
      `INSERT INTO messaging.dead_letters (consumer_group, topic, partition, "offset", key, headers, value, reason_code, reason_message,
         attempts, first_at, last_at, state, settled_at)
       VALUES ('g', 't', 0, $1, 'k', '{}', 'x', 'CODE', 'why', 1, $4, $4, $2, $3)`,
      [offset, state, settledAt, daysAgo(400)],
    );
  }
  await db.query(
    `INSERT INTO connections.sessions (token_hash, member_id, created_at, expires_at) VALUES ('a', $1, $2, $2), ('b', $1, $2, $3)`,
    [FIRST_MEMBER_ID, daysAgo(1), daysAgo(-1)],
  );
  await db.query(
    `INSERT INTO connections.hands (organisation_id, subject, part, actor, at)
     VALUES ($1, 'run:old', 'changed', 'person:a', $2), ($1, 'run:new', 'changed', 'person:a', $3)`,
    [FIRST_ORGANISATION_ID, daysAgo(91), daysAgo(89)],
  );
  await db.query(
    `INSERT INTO connections.idempotency_keys (organisation_id, key, request_hash, created_at) VALUES ($1, 'old', 'h', $2), ($1, 'new', 'h', $3)`,
    [FIRST_ORGANISATION_ID, daysAgo(2), daysAgo(0)],
  );
}

const TABLES = [
  'messaging.log_records',
  'messaging.feed',
  'messaging.dead_letters',
  'connections.sessions',
  'connections.hands',
  'connections.idempotency_keys',
];
const counts = async () => {
  const all: Record<string, number> = {};
  for (const table of TABLES) all[table] = (await test.db.query(`SELECT 1 FROM ${table}`)).length;
  return all;
};

it('fills each and sees it shrink: what outlived its use goes, everything else stays', async () => {
  await fill();
  const before = await counts();
  expect(await keepHouse()).toBe(false);
  const after = await counts();
  for (const table of TABLES)
    expect([table, after[table]]).toEqual([table, table.endsWith('log_records') ? 2 : before[table]! - 1]);
  expect(await test.db.query(`SELECT 1 FROM messaging.dead_letters WHERE state = 'open'`)).toHaveLength(1);
});

it('passes where another replica is at it, and comes back at once after a full batch', async () => {
  await test.db.query(
    `INSERT INTO messaging.feed (organisation_id, event_id, event, appended_at) SELECT 'o', $2 || n, '{}', $1 FROM generate_series(1, 10001) n`,
    [daysAgo(3), randomUUID()],
  );
  await test.db.transaction(async (tx) => {
    expect(await tryLockNamed(tx, 'keep-house:feed')).toBe(true);
    const before = await counts();
    await keepHouse();
    expect(await counts()).toEqual(before);
  });
  expect(await keepHouse()).toBe(true);
  expect(await keepHouse()).toBe(false);
});
