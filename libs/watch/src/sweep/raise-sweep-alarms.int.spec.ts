import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { WatchStage, type WatchedConnection } from '#watch/testing';
import { watchMigrations } from '../migrations/index.js';
import { raiseSweepAlarms } from './raise-sweep-alarms.js';

const database = withDatabase([messagingMigrations, watchMigrations]);
const INTERVAL_MS = 300_000;
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe('a connection that nobody sweeps', () => {
  let stage: WatchStage;
  let connection: WatchedConnection;

  beforeEach(async () => {
    stage = new WatchStage(() => database.db);
    connection = await stage.watch([randomUUID()]);
    await database.db.query('DELETE FROM watch.sweep_alarms');
  });
  afterEach(() => stage.clear());

  const look = (now: Date, connections = [connection]) =>
    database.db.transaction((tx) => raiseSweepAlarms(tx, connections, INTERVAL_MS, now));
  const sweptAt = (at: Date) => database.db.query(`UPDATE watch.chains SET read_at = $1`, [at]);
  const told = async (connectionId = connection.connectionId) =>
    (await stage.published<{ code: unknown; object: unknown }>(connectionId)).map(({ type, data: { code, object } }) => ({
      type,
      code,
      object,
    }));

  it('is told after three intervals, once from however many replicas, and once when it is swept again', async () => {
    const swept = minutesFromNow(0);
    await sweptAt(swept);
    await look(minutesFromNow(0));
    expect(await look(minutesFromNow(14))).toBe(0);
    const raised = await Promise.all([16, 16, 16].map((minutes) => look(minutesFromNow(minutes))));
    expect(raised.toSorted()).toEqual([0, 0, 1]);
    expect(await look(minutesFromNow(20))).toBe(0);
    const overdue = {
      type: 'rollcall.sweep.overdue',
      code: null,
      object: { lastSweepAt: swept.toISOString(), intervalSeconds: 300 },
    };
    expect(await told()).toEqual([overdue]);
    await sweptAt(minutesFromNow(21));
    await look(minutesFromNow(22));
    await look(minutesFromNow(23));
    expect(await told()).toEqual([overdue, { type: 'rollcall.sweep.returned', code: null, object: {} }]);
    expect(await look(minutesFromNow(39)), 'and again, when it stops again').toBe(1);
  });

  it('is told with what stands in the way, where that is known', async () => {
    await sweptAt(minutesFromNow(0));
    await look(minutesFromNow(0));
    await database.db.query(`UPDATE watch.watched_connections SET block_code = 'THROTTLED'`);
    await look(minutesFromNow(16));
    expect(await told()).toMatchObject([{ code: 'THROTTLED' }]);
  });

  it('is not one whose new group has a chain that was not read yet, nor one that is being given other chains', async () => {
    await sweptAt(minutesFromNow(-1));
    await look(minutesFromNow(-60));
    await database.db.query(
      `INSERT INTO watch.chains (id, connection_id, organisation_id, kind, state, created_at)
       SELECT gen_random_uuid(), $1, $2, 'groups', state, at
         FROM (VALUES ('live', now()), ('overlapping', now() - interval '1 hour')) AS made (state, at)`,
      [connection.connectionId, connection.organisationId],
    );
    expect(await look(minutesFromNow(0))).toBe(0);
    expect(await look(minutesFromNow(16))).toBe(1);
    await database.db.query('DELETE FROM watch.chains WHERE read_at IS NULL');
  });

  it('is not one whose chain has just taken the place of others that were read till then', async () => {
    await look(minutesFromNow(-60));
    await database.db.query(`UPDATE watch.chains SET state = 'retired', read_at = now() WHERE kind = 'groups'`);
    await database.db.query(`UPDATE watch.chains SET read_at = now() WHERE kind = 'users'`);
    await database.db.query(
      `INSERT INTO watch.chains (id, connection_id, organisation_id, kind, state, created_at)
       VALUES (gen_random_uuid(), $1, $2, 'groups', 'live', now() - interval '20 minutes')`,
      [connection.connectionId, connection.organisationId],
    );
    expect(await look(minutesFromNow(0))).toBe(0);
    expect(await look(minutesFromNow(16))).toBe(1);
  });

  it('is told also where no sweep ever knew of it, and never once it need not be swept', async () => {
    const unknown = { connectionId: randomUUID(), organisationId: randomUUID(), tenantId: '' };
    await look(minutesFromNow(0), [unknown]);
    expect(await look(minutesFromNow(14), [unknown])).toBe(0);
    expect(await look(minutesFromNow(16), [unknown])).toBe(1);
    expect(await told(unknown.connectionId)).toMatchObject([{ object: { lastSweepAt: null } }]);
    await look(minutesFromNow(17), []);
    expect((await told(unknown.connectionId)).map(({ type }) => type)).toEqual([
      'rollcall.sweep.overdue',
      'rollcall.sweep.returned',
    ]);
    expect(await look(minutesFromNow(60), [])).toBe(0);
  });
});
