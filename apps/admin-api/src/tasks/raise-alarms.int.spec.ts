import { beforeEach, describe, expect, it } from 'vitest';
import { createConnection, enableConnection, pauseConnection, type Actor } from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { adminApiOwners } from '../admin-api-service.js';
import { RaiseAlarmsTask } from './raise-alarms.task.js';

const database = withDatabase(adminApiOwners);
const SWEEP_MS = 300_000;

/** Neither full-sync nor subscription has ever run in these tests. */
describe('what should have been done and was not', () => {
  let actor: Actor;
  let connectionId: string;
  let now: Date;

  beforeEach(async () => {
    const { db } = database;
    actor = await makeOrganisation(db);
    connectionId = (await db.transaction((tx) => createConnection(tx, actor, buildNewConnection(), testSecretBox()))).id;
    await db.transaction((tx) => enableConnection(tx, actor, connectionId));
  });

  const lookAt = async (time: string) => {
    now = new Date(`2026-03-${time}Z`);
    const replicas = [1, 2].map(() => new RaiseAlarmsTask(database.db, () => now, silentLog, SWEEP_MS));
    await Promise.all(replicas.map((replica) => replica.run()));
  };
  const told = async () =>
    (
      await database.db.query<{ type: string }>(
        `SELECT convert_from(value, 'UTF8')::jsonb->>'type' AS type FROM messaging.outbox WHERE key = $1 ORDER BY id`,
        [connectionId],
      )
    )
      .map(({ type }) => type)
      .filter((type) => /overdue|returned/.test(type));

  it('is told once, from whichever replica: the nightly run half an hour after its time, the sweep after three intervals', async () => {
    await lookAt('01T12:00:00');
    await lookAt('01T12:14:00');
    expect(await told()).toEqual([]);
    await lookAt('01T12:15:00');
    await lookAt('02T02:29:00');
    expect(await told()).toEqual(['rollcall.sweep.overdue']);
    await lookAt('02T02:30:00');
    await lookAt('02T02:31:00');
    expect(await told()).toEqual(['rollcall.sweep.overdue', 'rollcall.run.overdue']);
  });

  it('is no alarm once the connection is paused', async () => {
    await lookAt('01T12:00:00');
    await lookAt('01T12:15:00');
    await database.db.transaction((tx) => pauseConnection(tx, actor, connectionId));
    await lookAt('01T12:16:00');
    await lookAt('03T12:00:00');
    expect(await told()).toEqual(['rollcall.sweep.overdue', 'rollcall.sweep.returned']);
  });
});
