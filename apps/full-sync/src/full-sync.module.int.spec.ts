import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  enableConnection,
  ensureFirstOrganisation,
  FIRST_ORGANISATION_ID,
  SecretBox,
  systemActor,
} from '#connections';
import { connectionSettingsSchema, silentLog } from '#contracts';
import { NotificationListener } from '#database';
import { withDatabase } from '#database/testing';
import { EmbeddedLogEngine, messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { listRuns, runsMigrations } from '#runs';
import { Health } from '#service-host';
import { eventually } from '#test/eventually';
import { requestBaselines, watchMigrations } from '#watch';
import { FullSyncModule } from './full-sync.module.js';

const test = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';

it('takes up a wanted baseline by itself, and waits for Graph without losing it', async () => {
  const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
  const actor = systemActor('test', FIRST_ORGANISATION_ID);
  await ensureFirstOrganisation(test.db);
  const connection = await test.db.transaction(async (tx) => {
    const created = await createConnection(
      tx,
      actor,
      {
        name: 'A tenant',
        tenantId: '11111111-0000-4000-8000-000000000001',
        clientId: '22222222-0000-4000-8000-000000000001',
        cloud: 'global',
        credential: { clientSecret: 'secret', expiresAt: null },
        settings: connectionSettingsSchema.parse({}),
        watchedGroups: [{ id: GROUP, displayName: null }],
      },
      secretBox,
    );
    await enableConnection(tx, actor, created.id);
    await tx.query(
      `INSERT INTO watch.watched_connections (connection_id, organisation_id, tenant_id, live) VALUES ($1, $2, $3, true) ON CONFLICT DO NOTHING`,
      [created.id, FIRST_ORGANISATION_ID, created.tenantId],
    );
    await requestBaselines(tx, { organisationId: FIRST_ORGANISATION_ID, connectionId: created.id }, [GROUP], 'NEW_GROUP');
    return created;
  });
  const listener = new NotificationListener(test.url, silentLog);
  await listener.start();
  const services = {
    db: test.db,
    engine: new EmbeddedLogEngine({ db: test.db, listener, log: silentLog }),
    listener,
    log: silentLog,
    clock: () => new Date(),
    metrics: new Registry(),
    health: new Health(),
  };
  // Nobody answers on the port of discard: Graph is away.
  const nowhere = {
    graphBaseUrl: 'https://127.0.0.1:9',
    authorityHost: 'https://127.0.0.1:9',
    scope: 'https://graph.microsoft.com/.default',
  };
  const module = FullSyncModule.register(services, { secretBox, endpoints: () => nowhere, settleMs: 900_000, confirmMs: 60_000 });
  const app = await Test.createTestingModule({ imports: [module] }).compile();
  await app.init();
  try {
    await eventually(
      async () => {
        const { items } = await listRuns(test.db, FIRST_ORGANISATION_ID, { connectionId: connection.id, limit: 10 });
        expect(items).toMatchObject([{ kind: 'group', reason: 'BASELINE', groupIds: [GROUP], state: 'reading' }]);
      },
      { deadlineMs: 20_000 },
    );
    expect(await services.metrics.metrics()).toContain('rollcall_sync_runs{state="reading"} 1');
  } finally {
    await app.close();
    await listener.stop();
  }
});
