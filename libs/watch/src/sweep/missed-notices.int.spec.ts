import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { ChainReader } from '../chains/chain-reader.js';
import { connectionHealth } from '../health/connection-health.js';
import { raiseConnectionMarks, raiseDueMarks } from '../intake/due-marks.js';
import { watchMigrations } from '../migrations/index.js';
import { settleEarlyFinds } from './settle-early-finds.js';

const database = withDatabase([messagingMigrations, watchMigrations]);

describe('changes that the sweep found', () => {
  const group = randomUUID();
  let stage: WatchStage;
  let connection: WatchedConnection;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([group]);
    await database.db.query(`UPDATE watch.watched_connections SET mode = 'perGroup'`);
    await readAll();
  });
  afterEach(() => stage.clear());

  const readAll = async () => {
    const reader = new ChainReader(stage.context());
    while (await reader.readOne());
  };
  const sweep = async () => {
    stage.graph.scriptGroups([{ id: group, members: [{ id: randomUUID(), type: 'user', removed: false }] }]);
    await database.db.query(`UPDATE watch.chains SET read_at = now() - interval '301 seconds' WHERE kind = 'groups'`);
    await readAll();
  };
  const notice = () => raiseDueMarks(database.db, [{ connectionId: connection.connectionId, groupId: group, notices: 1 }]);
  const age = () => database.db.query(`UPDATE watch.early_finds SET found_at = found_at - interval '16 minutes'`);
  const health = () => connectionHealth(database.db, connection.connectionId);

  it('are early for 15 minutes, then their notices count as missed', async () => {
    await sweep();
    expect(await settleEarlyFinds(stage.context())).toBe(0);
    await age();
    expect(await settleEarlyFinds(stage.context())).toBe(1);
    expect((await health())?.missedNotices).toBe(1);
    expect(await settleEarlyFinds(stage.context())).toBe(0);
  });

  it('were only early where the notice came around that time', async () => {
    await sweep();
    await notice();
    await age();
    await database.db.query(`UPDATE watch.due_marks SET last_notice_at = last_notice_at - interval '10 minutes'`);
    expect(await settleEarlyFinds(stage.context())).toBe(0);
    expect((await health())?.missedNotices).toBe(0);
  });

  it('degrade the connection after two sweeps in a row, until notifications return', async () => {
    await sweep();
    expect((await health())?.degradedSince).toBeNull();
    await sweep();
    expect((await health())?.degradedSince).not.toBeNull();
    await notice();
    await readAll();
    expect((await health())?.degradedSince).toBeNull();
  });

  it('degrade it also while the keeper raises the marks of what it reauthorised', async () => {
    await sweep();
    await sweep();
    await raiseConnectionMarks(database.db, connection.connectionId, { groupId: group });
    await readAll();
    expect((await health())?.degradedSince).not.toBeNull();
    await notice();
    await raiseConnectionMarks(database.db, connection.connectionId, { groupId: group });
    await readAll();
    expect((await health())?.degradedSince).toBeNull();
  });

  const told = async () =>
    (await stage.published<{ object: unknown }>(connection.connectionId))
      .filter(({ type }) => type.startsWith('rollcall.notices.'))
      .map(({ type, data: { object } }) => [type, object]);
  /** So many changes that nobody was told of. */
  const miss = async (times: number) => {
    for (let i = 0; i < times; i += 1) await sweep();
    await age();
    expect(await settleEarlyFinds(stage.context())).toBe(times);
  };

  it('are told once where they are more than the usual of the week before, and once when notifications return', async () => {
    await miss(2);
    expect(await told()).toEqual([]);
    await miss(1);
    await miss(1);
    expect(await told()).toEqual([['rollcall.notices.missed', { missed: 3, usual: 0 }]]);
    await notice();
    await settleEarlyFinds(stage.context());
    expect(await told(), 'nothing was missed for an hour first').toHaveLength(1);
    await database.db.query(`UPDATE watch.watched_connections SET missed_at = missed_at - interval '61 minutes'`);
    await settleEarlyFinds(stage.context());
    await settleEarlyFinds(stage.context());
    expect((await told()).slice(1)).toEqual([['rollcall.notices.returned', {}]]);
  });

  it('are no news where as many are usual', async () => {
    await database.db.query(
      `INSERT INTO watch.missed_notices (connection_id, hour, changes)
       SELECT $1, date_trunc('hour', now()) - day * interval '1 day' - interval '2 hours', 2 FROM generate_series(1, 7) day`,
      [connection.connectionId],
    );
    await miss(5);
    expect(await told()).toEqual([]);
    await miss(2);
    expect(await told()).toEqual([['rollcall.notices.missed', { missed: 7, usual: 2 }]]);
  });

  it('mean nothing where no notification can come', async () => {
    await database.db.query(`UPDATE watch.watched_connections SET mode = 'polling'`);
    await sweep();
    await sweep();
    await age();
    expect(await settleEarlyFinds(stage.context())).toBe(0);
    expect(await health()).toMatchObject({ degradedSince: null, missedNotices: 0 });
  });
});
