import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnection, enableConnection, pauseConnection, quarantineConnection, type Actor } from '#connections';
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
      .filter((type) => /overdue|returned|begun/.test(type));

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

  it('ends with the pause where a run was overdue, and is none of a quarantined connection, of which its own alert tells', async () => {
    await lookAt('01T12:00:00');
    await lookAt('02T02:30:00');
    await database.db.transaction((tx) => pauseConnection(tx, actor, connectionId));
    await lookAt('02T02:31:00');
    const runs = async () => (await told()).filter((type) => type.startsWith('rollcall.run.'));
    expect(await runs()).toEqual(['rollcall.run.overdue', 'rollcall.run.begun']);
    await database.db.transaction((tx) => enableConnection(tx, actor, connectionId));
    await lookAt('02T03:00:00');
    const reason = { code: 'SECRET_EXPIRED', message: 'expired', nextTryAt: new Date() };
    await database.db.transaction((tx) => quarantineConnection(tx, actor, connectionId, reason));
    await lookAt('05T03:00:00');
    expect(await runs()).toHaveLength(2);
  });

  it('is told of groups that wait for their first picture, long before a night has passed', async () => {
    const { organisationId } = actor;
    await database.db.query(
      `INSERT INTO watch.watched_connections (connection_id, organisation_id, tenant_id, live) VALUES ($1, $2, 'tenant', true)`,
      [connectionId, organisationId],
    );
    await database.db.query(
      `INSERT INTO watch.baselines (connection_id, organisation_id, group_id, reason, requested_at) VALUES ($1, $2, $3, 'NEW_GROUP', $4)`,
      [connectionId, organisationId, randomUUID(), new Date('2026-03-01T12:00:00Z')],
    );
    await lookAt('01T12:29:59');
    expect(await told()).not.toContain('rollcall.run.overdue');
    await lookAt('01T12:30:00');
    await lookAt('01T12:31:00');
    expect((await told()).filter((type) => type === 'rollcall.run.overdue')).toHaveLength(1);
    await database.db.query(
      `UPDATE connections.connections SET settings = jsonb_set(settings, '{trigger,live}', 'false') WHERE id = $1`,
      [connectionId],
    );
    await lookAt('01T12:32:00');
    expect(await told(), 'with live sync off they wait for a run that somebody asks for').toContain('rollcall.run.begun');
  });
});
