import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  deleteConnection,
  ensureFirstOrganisation,
  FIRST_ORGANISATION_ID,
  SecretBox,
  systemActor,
} from '#connections';
import { connectionSettingsSchema, silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, requestRun, runsMigrations } from '#runs';
import { watchMigrations } from '#watch';
import { watchBook } from '../watch-book.js';
import { CloseRunsTask } from './close-runs.task.js';

const test = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations, runsMigrations]);
const now = new Date('2026-03-01T10:00:00Z');
const actor = systemActor('test', FIRST_ORGANISATION_ID);

async function connect(n: number): Promise<string> {
  const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
  const { id } = await test.db.transaction((tx) =>
    createConnection(
      tx,
      actor,
      {
        name: `Tenant ${n}`,
        tenantId: `11111111-0000-4000-8000-00000000000${n}`,
        clientId: '22222222-0000-4000-8000-000000000001',
        cloud: 'global',
        credential: { clientSecret: 'secret', expiresAt: null },
        settings: connectionSettingsSchema.parse({}),
        watchedGroups: [],
      },
      secretBox,
    ),
  );
  return id;
}

async function waitingPlan(connectionId: string): Promise<string> {
  const request = { connectionId, kind: 'full', apply: 'review', reason: 'MANUAL' } as const;
  const { id } = await test.db.transaction((tx) => requestRun(tx, actor, request, now));
  await test.db.query(`UPDATE runs.sync_runs SET state = 'awaitingReview', expires_at = $2 WHERE id = $1`, [
    id,
    new Date(now.getTime() + 60_000),
  ]);
  return id;
}

it('cancels plans that a connection left waiting which has ended, with the reason, and no other', async () => {
  await ensureFirstOrganisation(test.db);
  const [gone, there] = [await connect(1), await connect(2)];
  const [orphan, waiting] = [await waitingPlan(gone), await waitingPlan(there)];
  await test.db.transaction((tx) => deleteConnection(tx, actor, gone));
  await new CloseRunsTask(
    test.db,
    watchBook(900_000, () => now),
    () => now,
    silentLog,
  ).run();
  expect(await getRun(test.db, FIRST_ORGANISATION_ID, orphan)).toMatchObject({
    state: 'cancelled',
    error: { code: 'CONNECTION_DISCONNECTED' },
  });
  expect(await getRun(test.db, FIRST_ORGANISATION_ID, waiting)).toMatchObject({ state: 'awaitingReview', error: null });
  const settled = await test.db.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND is_settled', [orphan]);
  expect(settled).toHaveLength(1);
});
