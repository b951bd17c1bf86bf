import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableConnection, findConnection, quarantineConnection } from '#connections';
import { testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { Database, migrate } from '#database';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { EmbeddedLogEngine } from '#messaging';
import { listAlerts, listNotices, type NoticeKind } from '#notices';
import { seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { alignSchedules, raiseOverdueAlarms, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';
import { runService, type RunningService } from '#service-host';
import { eventually } from '#test/eventually';
import { raiseSweepAlarms, settleEarlyFinds, SubscriptionKeeper, watchMigrations } from '#watch';
import { WatchStage } from '#watch/testing';
import { notificationService } from './notification-service.js';

const secretBox = testSecretBox();
const name = `t_${randomBytes(6).toString('hex')}`;
const GROUP = randomUUID();
const HOUR_MS = 3_600_000;

let db: Database;
let url: string;
let org: SeededOrganisation;
let service: RunningService;
let stage: WatchStage;

beforeAll(async () => {
  url = await createTestDatabase(name);
  const { owners } = notificationService({ secretBox, smtpUrl: null, publicUrl: null });
  await migrate(url, [...owners, watchMigrations, runsMigrations]);
  db = await Database.connect({ url, applicationName: 'test' });
  await db.query('CREATE SEQUENCE test_read_numbers');
});
beforeEach(async () => {
  org = await seedOrganisation(db);
  await db.transaction((tx) => enableConnection(tx, org.actor, org.connectionId));
  stage = new WatchStage(() => db);
  service = await runService(() => notificationService({ secretBox, smtpUrl: null, publicUrl: null }), {
    httpPort: 0,
    httpHost: '127.0.0.1',
    databaseUrl: url,
    engine: (database, listener) => new EmbeddedLogEngine({ db: database, listener, log: silentLog }),
    log: silentLog,
    stopping: new AbortController().signal,
  });
});
afterEach(() => service.stop());
afterAll(async () => {
  await db.close();
  await dropTestDatabase(name);
});

function site(people: number): RunHarness {
  const harness = new RunHarness(db, org);
  harness.now = new Date();
  harness.tenant.groups.set(
    GROUP,
    Array.from({ length: people }, () => buildMember(randomUUID())).map((member) =>
      buildMember(member.id, { attributes: { ...member.attributes, mail: `${member.id}@example.com` } }),
    ),
  );
  return harness;
}

async function completed(harness: RunHarness): Promise<void> {
  await harness.request();
  await harness.work();
  harness.passTime(60_000);
  await harness.work();
}

async function watched(): Promise<void> {
  await db.query(
    `INSERT INTO watch.watched_connections (connection_id, organisation_id, tenant_id, live, mode) VALUES ($1, $2, 'tenant', true, 'perGroup')`,
    [org.connectionId, org.organisationId],
  );
  await stage.setScope({ ...org, tenantId: 'tenant' }, [GROUP]);
}

const quarantine = (code: string) =>
  db.transaction((tx) =>
    quarantineConnection(tx, org.actor, org.connectionId, { code, message: code, nextTryAt: new Date(Date.now() + HOUR_MS) }),
  );

/** What raises each kind, by the code that raises it in the product. */
const publishers: Record<NoticeKind, () => Promise<unknown>> = {
  runFinished: async () => {
    const connection = await findConnection(db, org.connectionId);
    const settings = { ...connection?.settings, notify: { onRefresh: { recipients: [], channels: ['inProduct'] } } };
    await db.query('UPDATE connections.connections SET settings = $2 WHERE id = $1', [org.connectionId, settings]);
    await completed(site(3));
  },
  runFailed: async () => {
    const harness = site(0);
    harness.tenant.groups.set(GROUP, [buildMember(randomUUID(), { unreadable: true, attributes: {} })]);
    await completed(harness);
  },
  runOverdue: async () => {
    const schedule = { everyHours: 1 };
    const before = new Date(Date.now() - 2 * HOUR_MS);
    await db.transaction((tx) => alignSchedules(tx, async () => [{ ...org, schedule, changedAt: before }], before));
    await db.transaction((tx) =>
      raiseOverdueAlarms(tx, { connectionIds: [org.connectionId], liveConnectionIds: [], baselines: [] }, new Date()),
    );
  },
  toReview: async () => {
    const harness = site(3);
    await harness.request({ apply: 'review' });
    await harness.work();
  },
  guardHolding: async () => {
    const harness = site(4);
    await completed(harness);
    harness.passTime(HOUR_MS);
    harness.tenant.elsewhere.push(...(harness.tenant.groups.get(GROUP) ?? []));
    harness.tenant.groups.set(GROUP, []);
    await completed(harness);
  },
  credentialEnding: () =>
    db.query(`UPDATE connections.connections SET credential_expires_at = now() + interval '3 days' WHERE id = $1`, [
      org.connectionId,
    ]),
  consentLost: () => quarantine('CONSENT_MISSING'),
  quarantined: () => quarantine('APP_DISABLED'),
  subscriptionLost: async () => {
    await watched();
    const visit = async () => {
      await db.query(`UPDATE watch.watched_connections SET keeper_due_at = now() - interval '1 second', lease_until = NULL`);
      const publicUrl = async () => 'https://hook.example';
      await new SubscriptionKeeper(stage.context(), { publicUrl, keyOf: () => 'key' }).visitOne();
    };
    await visit();
    await db.query(`UPDATE watch.subscriptions SET created_at = now() - interval '1 hour'`);
    const [first] = stage.graph.subscriptions.held.keys();
    stage.graph.subscriptions.held.delete(first ?? '');
    await visit();
  },
  noticesMissed: async () => {
    await watched();
    await db.query(
      `INSERT INTO watch.early_finds (chain_id, connection_id, read_no, changes, found_at)
       SELECT id, connection_id, 1, 5, now() - interval '16 minutes' FROM watch.chains WHERE connection_id = $1 AND kind = 'groups'`,
      [org.connectionId],
    );
    await settleEarlyFinds(stage.context());
  },
  deadLetters: () =>
    db.query(
      `INSERT INTO messaging.dead_letters (organisation_id, connection_id, consumer_group, topic, partition, "offset", key, headers, value,
              reason_code, reason_message, attempts, first_at, last_at)
       VALUES ($1, $2, 'provisioning', 'directory.changes.v1', 0, $3, 'k', '{}', 'x', 'INVALID_EVENT', 'broken', 1, now(), now())`,
      [org.organisationId, org.connectionId, Date.now()],
    ),
};

describe('each kind of notice', () => {
  it.each(Object.keys(publishers) as NoticeKind[])('%s is raised by what the product publishes', async (kind) => {
    await publishers[kind]();
    await eventually(
      async () => {
        const alerts = (await listAlerts(db, org.organisationId, { limit: 100 })).map((alert) => alert.kind);
        const notices = (await listNotices(db, org.organisationId, org.adminId, { limit: 100 })).map((notice) => notice.kind);
        expect([...alerts, ...notices]).toContain(kind);
        expect(notices, 'and told under the bell').toContain(kind);
      },
      { deadlineMs: 45_000 },
    );
  });

  it('runOverdue tells of a sweep that stopped too, and of its return', async () => {
    await watched();
    await db.query(`UPDATE watch.chains SET created_at = now() - interval '2 hours'`);
    const look = (minutes: number, connections = [org]) =>
      db.transaction((tx) => raiseSweepAlarms(tx, connections, 300_000, new Date(Date.now() - HOUR_MS + minutes * 60_000)));
    await look(0);
    await look(16);
    const states = async () =>
      (await listAlerts(db, org.organisationId, { limit: 10 })).map(({ kind, state }) => `${kind} ${state}`);
    await eventually(async () => expect(await states()).toEqual(['runOverdue open']));
    await look(17, []);
    await eventually(async () => expect(await states()).toEqual(['runOverdue resolved']));
  });
});
