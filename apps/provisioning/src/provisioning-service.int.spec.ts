import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  ensureFirstOrganisation,
  FIRST_ORGANISATION_ID,
  getConnection,
  systemActor,
} from '#connections';
import { buildNewConnection, testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { EmbeddedLogEngine, enqueue, messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { added, buildGroupPage, buildMembershipsPage, buildUser, buildUsersPage } from '#people/testing';
import { runService, type RunningService } from '#service-host';
import { eventually } from '#test/eventually';
import { watchMigrations } from '#watch';
import { provisioningService } from './provisioning-service.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations]);
let service: RunningService;

beforeAll(async () => {
  service = await runService(provisioningService({ settleMs: 900_000 }), {
    httpPort: 0,
    httpHost: '127.0.0.1',
    databaseUrl: database.url,
    engine: (db, listener) => new EmbeddedLogEngine({ db, listener, log: silentLog }),
    log: silentLog,
    stopping: new AbortController().signal,
  });
});
afterAll(() => service.stop());

it('hands every page of the log to its handler, counts it, and drops what belongs to no connection', async () => {
  const page = { organisationId: randomUUID(), connectionId: randomUUID(), readNo: 1, at: new Date() };
  const groupId = randomUUID();
  const events = [
    buildMembershipsPage({ ...page, groupId }, [added(randomUUID())]),
    buildUsersPage(page, [buildUser(randomUUID())]),
    buildGroupPage({ ...page, groupId }, 'present', 'Staff'),
  ];
  await database.db.transaction((tx) =>
    enqueue(
      tx,
      events.map((event) => ({ topic: 'directory.changes.v1' as const, key: page.connectionId, event })),
    ),
  );
  await eventually(
    async () => {
      const metrics = await (await fetch(`${service.address}/metrics`)).text();
      for (const kind of ['memberships', 'users', 'group'])
        expect(metrics).toContain(`rollcall_pages_total{kind="${kind}",outcome="dropped"} 1`);
    },
    { deadlineMs: 10_000 },
  );
  expect((await fetch(`${service.address}/health/ready`)).status).toBe(200);
  expect(await database.db.query('SELECT 1 FROM people.memberships')).toEqual([]);
});

it('follows a group that was renamed in Entra, wherever the connection names it', async () => {
  await ensureFirstOrganisation(database.db);
  const groupId = randomUUID();
  const { id: connectionId } = await database.db.transaction((tx) =>
    createConnection(
      tx,
      systemActor('test', FIRST_ORGANISATION_ID),
      buildNewConnection({ watchedGroups: [{ id: groupId, displayName: 'Staff' }] }),
      testSecretBox(),
    ),
  );
  const page = { organisationId: FIRST_ORGANISATION_ID, connectionId, readNo: 1, at: new Date(), groupId };
  const event = buildGroupPage(page, 'present', 'People');
  await database.db.transaction((tx) => enqueue(tx, [{ topic: 'directory.changes.v1', key: connectionId, event }]));
  await eventually(async () => {
    const { watchedGroups } = await getConnection(database.db, FIRST_ORGANISATION_ID, connectionId);
    expect(watchedGroups).toEqual([{ id: groupId, displayName: 'People' }]);
  });
});
