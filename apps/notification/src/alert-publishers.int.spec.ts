import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableConnection, findConnection, quarantineConnection, recoverConnection } from '#connections';
import { testSecretBox } from '#connections/testing';
import { silentLog } from '#contracts';
import { Database, migrate } from '#database';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { EmbeddedLogEngine } from '#messaging';
import { listAlerts, listNotices, noticeKinds, type NoticeKind } from '#notices';
import { MailReceiver, seedOrganisation, type SeededOrganisation } from '#notices/testing';
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
let mail: MailReceiver;

beforeAll(async () => {
  url = await createTestDatabase(name);
  mail = await MailReceiver.start();
  const { owners } = notificationService({ secretBox, smtpUrl: null, publicUrl: null });
  await migrate(url, [...owners, watchMigrations, runsMigrations]);
  db = await Database.connect({ url, applicationName: 'test' });
  await db.query('CREATE SEQUENCE test_read_numbers');
});
beforeEach(async () => {
  org = await seedOrganisation(db);
  mail.mails.length = 0;
  await db.query(`UPDATE connections.organisations SET time_zone = 'Europe/London' WHERE id = $1`, [org.organisationId]);
  await db.query(
    `INSERT INTO notices.rules (organisation_id, kind, recipients, channels)
     SELECT $1, kind, '{}', '{inProduct,mail}' FROM unnest($2::text[]) AS all_kinds (kind)`,
    [org.organisationId, noticeKinds.filter((kind) => kind !== 'runFinished')],
  );
  await db.query(
    `INSERT INTO connections.watched_groups (connection_id, group_id, display_name) VALUES ($1, $2, 'Finance')
     ON CONFLICT DO NOTHING`,
    [org.connectionId, GROUP],
  );
  await db.transaction((tx) => enableConnection(tx, org.actor, org.connectionId));
  stage = new WatchStage(() => db);
  const publicUrl = 'https://rollcall.example.com';
  service = await runService(() => notificationService({ secretBox, smtpUrl: mail.url, publicUrl }), {
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
  await mail.stop();
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

/** What the Graph client says of each. */
const MESSAGES = {
  CONSENT_MISSING:
    'To read the changes of groups, the application needs Group.Read.All, granted as Application: Insufficient privileges to complete the operation.',
  APP_DISABLED: "The application is disabled in this tenant: AADSTS7000112: Application 'Rollcall' is disabled.",
};

const quarantine = (code: keyof typeof MESSAGES) =>
  db.transaction((tx) =>
    quarantineConnection(tx, org.actor, org.connectionId, {
      code,
      message: MESSAGES[code],
      nextTryAt: new Date(Date.now() + HOUR_MS),
    }),
  );

/** What raises each kind, by the code that raises it in the product. */
const publishers: Record<NoticeKind, () => Promise<unknown>> = {
  runFinished: async () => {
    const connection = await findConnection(db, org.connectionId);
    const settings = { ...connection?.settings, notify: { onRefresh: { recipients: [], channels: ['inProduct', 'mail'] } } };
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
    db.query(`UPDATE connections.connections SET credential_expires_at = now() + interval '71 hours' WHERE id = $1`, [
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

const EXAMPLES = fileURLToPath(new URL('../../../docs/notice-examples.md', import.meta.url));

interface ReadMail {
  readonly head: string;
  /** Subject and plain text, with one id and one instant for all. */
  readonly text: string;
}

function readMail(source: string): ReadMail {
  const [head = '', ...parts] = source.split(/\r\n--\S+\r\n/);
  const plain = parts.find((part) => part.startsWith('Content-Type: text/plain')) ?? '';
  const body = plain.slice(plain.indexOf('\r\n\r\n') + 4);
  const isQuoted = plain.includes('quoted-printable');
  const subject = /^Subject: ([^]*?)\r\n(?![ \t])/m.exec(head)?.[1] ?? '';
  const text = `Subject: ${subject.replaceAll(/\r\n[ \t]/g, ' ')}\n\n${isQuoted ? unquoted(body) : body}`;
  return {
    head,
    text: text
      .replaceAll('\r\n', '\n')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
      .replaceAll(/\d{1,2} \w{3,4} \d{4}, \d{2}:\d{2}/g, '2 Mar 2026, 03:00')
      .trim(),
  };
}

const unquoted = (text: string) =>
  Buffer.from(
    text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

/** The mail of this kind is the example of the documentation, word for word; `UPDATE_NOTICE_EXAMPLES=1` writes it there. */
async function expectExample(heading: string, isMeant: (mail: ReadMail) => boolean): Promise<void> {
  const { text } = await eventually(() => {
    const found = mail.mails.map(readMail).find(isMeant);
    if (found === undefined) throw new Error(`no mail of ${heading}`);
    return found;
  });
  const page = await readFile(EXAMPLES, 'utf8');
  const section = `## ${heading}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  if (process.env['UPDATE_NOTICE_EXAMPLES'] === '1') {
    const [before = '', ...sections] = page.split(/^(?=## )/m);
    const kept = sections.map((one) => one.trimEnd()).filter((one) => !one.startsWith(`## ${heading}\n`));
    await writeFile(EXAMPLES, `${[before.trimEnd(), ...kept, section.trimEnd()].join('\n\n')}\n`);
    return;
  }
  expect(page).toContain(section);
}

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
    await expectExample(kind, ({ head }) => head.includes(`X-Rollcall-Notice: ${kind}`));
  });

  it('an all-clear says what is over, since when it was so, and until when', async () => {
    await quarantine('CONSENT_MISSING');
    await eventually(() => expect(mail.mails).toHaveLength(1));
    await db.transaction((tx) => recoverConnection(tx, org.actor, org.connectionId));
    await expectExample('All-clear', ({ text }) => text.startsWith('Subject: [Rollcall] All clear:'));
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
