import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
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
