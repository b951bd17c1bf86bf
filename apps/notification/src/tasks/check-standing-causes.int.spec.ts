import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { silentLog, systemClock } from '#contracts';
import { connectionsMigrations } from '#connections';
import { lockNamed } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { listAlerts, noticesMigrations } from '#notices';
import { seedOrganisation } from '#notices/testing';
import { peopleMigrations } from '#people';
import { NoticeMetrics } from '../notice-metrics.js';
import { CheckStandingCausesTask } from './check-standing-causes.task.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations, noticesMigrations]);

it('leaves the look to the replica that is at it, and looks itself afterwards', async () => {
  const { db } = database;
  const org = await seedOrganisation(db);
  await db.query(`UPDATE connections.connections SET credential_expires_at = now() + interval '3 days'`);
  const task = new CheckStandingCausesTask(db, systemClock, new NoticeMetrics(new Registry(), db, systemClock), silentLog);
  const kinds = async () => (await listAlerts(db, org.organisationId, { limit: 10 })).map(({ kind }) => kind);
  await db.transaction(async (tx) => {
    await lockNamed(tx, 'check-standing-causes');
    await task.run();
  });
  expect(await kinds()).toEqual([]);
  await task.run();
  expect(await kinds()).toEqual(['credentialEnding']);
});
