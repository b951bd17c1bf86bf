import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findConnection } from '#connections';
import { testSecretBox } from '#connections/testing';
import {
  connectionCreatedV1,
  connectionQuarantinedV1,
  buildEvent,
  connectionRecoveredV1,
  membershipHeldV1,
  runCompletedV1,
  runFailedV1,
  silentLog,
  TOPIC_PARTITIONS,
  TOPICS,
  type Envelope,
  type TopicName,
} from '#contracts';
import { Database, migrate } from '#database';
import { createTestDatabase, dropTestDatabase } from '#database/testing';
import { EmbeddedLogEngine, enqueue, replayDeadLetter } from '#messaging';
import { listAlerts, listDeliveries, listNotices, listRules, putRules, testChannel } from '#notices';
import {
  buildConnectionEvent,
  buildRunEvent,
  HttpReceiver,
  MailReceiver,
  seedOrganisation,
  type SeededOrganisation,
} from '#notices/testing';
import { runService, type RunningService } from '#service-host';
import { eventually } from '#test/eventually';
import { NOTIFICATION_GROUP } from './notification-group.js';
import { notificationService } from './notification-service.js';

const secretBox = testSecretBox();
const name = `t_${randomBytes(6).toString('hex')}`;
const error = { code: 'GRAPH_UNAVAILABLE', message: 'Graph does not answer' };

describe('the notification service', () => {
  let url: string;
  let db: Database;
  let org: SeededOrganisation;
  let service: RunningService | undefined;

  async function start(smtpUrl: string | null = null): Promise<RunningService> {
    service = await runService(
      () => notificationService({ secretBox, smtpUrl, publicUrl: 'https://rollcall.example.com', allowLoopback: true }),
      {
        httpPort: 0,
        httpHost: '127.0.0.1',
        databaseUrl: url,
        engine: (database, listener) => new EmbeddedLogEngine({ db: database, listener, log: silentLog }),
        log: silentLog,
        stopping: new AbortController().signal,
      },
    );
    return service;
  }

  const publish = (topic: TopicName, ...events: Envelope[]) =>
    db.transaction((tx) =>
      enqueue(
        tx,
        events.map((event) => ({ topic, key: org.connectionId, event })),
      ),
    );
  /** Within the last hour: what is older than the retention would be trimmed at once. */
  const owned = (minute: number) => ({ ...org, at: new Date(Date.now() - 3_600_000 + minute * 60_000) });
  const notices = () => listNotices(db, org.organisationId, org.adminId, { limit: 100 });
  const titles = async () => (await notices()).map(({ content }) => content.title).reverse();

  async function untilHeard(eventId: string): Promise<void> {
    await eventually(async () => {
      expect(await db.query('SELECT 1 FROM notices.heard_events WHERE event_id = $1', [eventId])).toHaveLength(1);
    });
  }

  async function switchOnRefresh(): Promise<void> {
    const connection = await findConnection(db, org.connectionId);
    const settings = { ...connection?.settings, notify: { onRefresh: { recipients: [], channels: ['inProduct'] } } };
    await db.query('UPDATE connections.connections SET settings = $2 WHERE id = $1', [org.connectionId, settings]);
  }

  beforeAll(async () => {
    url = await createTestDatabase(name);
    await migrate(url, notificationService({ secretBox, smtpUrl: null, publicUrl: null }).owners);
    db = await Database.connect({ url, applicationName: 'test' });
  });
  beforeEach(async () => {
    org = await seedOrganisation(db);
  });
  afterEach(async () => {
    await service?.stop();
    service = undefined;
  });
  afterAll(async () => {
    await db.close();
    await dropTestDatabase(name);
  });

  it('turns facts of the log into notices under the bell', async () => {
    await start();
    await publish(
      TOPICS.connections.name,
      buildConnectionEvent(connectionQuarantinedV1, { ...owned(0), code: 'CONSENT_MISSING' }),
    );
    await eventually(async () => expect(await titles()).toEqual(['Contoso has lost a permission in Entra']));
    await publish(TOPICS.connections.name, buildConnectionEvent(connectionRecoveredV1, owned(1)));
    await eventually(async () => expect(await titles()).toHaveLength(2));
  });

  it('skips a type that it does not know, and ignores a field that it does not know', async () => {
    await start();
    const known = buildConnectionEvent(connectionQuarantinedV1, { ...owned(0), code: 'CONSENT_MISSING' });
    const unknownType = { ...known, id: randomUUID(), type: 'rollcall.connection.renamed' };
    const unknownField = { ...known, extension: 'x', data: { ...known.data, mood: { colour: 'blue' } } };
    await publish(TOPICS.connections.name, unknownType, unknownField);
    await eventually(async () => expect(await titles()).toEqual(['Contoso has lost a permission in Entra']));
  });

  it('makes one alert and one all-clear of a burst of equal failures', async () => {
    await start();
    const failures = Array.from({ length: 200 }, () => buildRunEvent(runFailedV1, { ...owned(0), error }));
    await publish(TOPICS.syncRuns.name, ...failures, buildRunEvent(runCompletedV1, owned(2)));
    await eventually(
      async () => expect(await titles()).toEqual(['Full sync of Contoso fails', 'All clear: Full sync of Contoso fails']),
      { deadlineMs: 30_000 },
    );
    expect(await listAlerts(db, org.organisationId, { limit: 10 })).toEqual([expect.objectContaining({ count: 200 })]);
  });

  it('opens nothing by a dead letter that is replayed after what ended its cause, seconds later', async () => {
    await start();
    const { at, ...owner } = owned(0);
    const created = buildConnectionEvent(connectionCreatedV1, { ...owner, at });
    const recovered = buildConnectionEvent(connectionRecoveredV1, { ...owner, at: new Date(at.getTime() + 2_000) });
    await publish(TOPICS.connections.name, created, recovered);
    await untilHeard(recovered.id);
    // Published before it, and taken by no handler then.
    const quarantined = buildConnectionEvent(connectionQuarantinedV1, { ...owner, at, code: 'GRAPH_UNAVAILABLE' });
    const [letter] = await db.query<{ id: string }>(
      `INSERT INTO messaging.dead_letters (organisation_id, connection_id, consumer_group, topic, partition, "offset", key, headers, value,
              event_id, event_type, reason_code, reason_message, attempts, first_at, last_at)
       SELECT $1, $2, $3, topic, partition, "offset" - 1, key, headers, convert_to($4, 'UTF8'), $5, $6, 'INTERNAL_ERROR', 'broken', 5, now(), now()
         FROM messaging.log_records WHERE topic = $7 AND key = $2 ORDER BY "offset" DESC LIMIT 1 RETURNING id`,
      [
        org.organisationId,
        org.connectionId,
        NOTIFICATION_GROUP,
        JSON.stringify(quarantined),
        quarantined.id,
        quarantined.type,
        TOPICS.connections.name,
      ],
    );
    await db.transaction((tx) => replayDeadLetter(tx, { id: letter?.id ?? '', actor: 'test' }));
    await untilHeard(quarantined.id);
    const open = await listAlerts(db, org.organisationId, { limit: 10 });
    expect(open.filter(({ kind }) => kind !== 'deadLetters')).toEqual([]);
  });

  it('ends a run in exactly one notice, also when it was killed between the run and the notice', async () => {
    await switchOnRefresh();
    const completed = buildRunEvent(runCompletedV1, owned(0));
    // The run ended while the service was away.
    await publish(TOPICS.syncRuns.name, completed);
    await start();
    await untilHeard(completed.id);
    await service?.stop();
    // Killed after the transaction and before the offset: everything is delivered again.
    const engine = new EmbeddedLogEngine({ db, listener: { on: () => () => undefined }, log: silentLog });
    for (let partition = 0; partition < TOPIC_PARTITIONS; partition += 1) {
      await engine.rewind(NOTIFICATION_GROUP, TOPICS.syncRuns.name, partition, 0);
    }
    await start();
    const mark = buildRunEvent(runCompletedV1, { ...owned(1), run: { id: randomUUID() } });
    await publish(TOPICS.syncRuns.name, mark);
    await eventually(async () => expect(await titles()).toHaveLength(2), { deadlineMs: 30_000 });
    expect(await listDeliveries(db, org.organisationId, { limit: 10 })).toHaveLength(2);
  });

  it('sends mail, cards and webhooks, and shows a refused recipient', async () => {
    const mail = await MailReceiver.start();
    const http = await HttpReceiver.start();
    try {
      const bob = await org.addMember('superAdmin', 'Bob');
      mail.refusals.set('bob@example.com', 550);
      const rules = { runFailed: { channels: ['mail', 'teams', 'webhook'] } };
      const tools = { secretBox, targets: { allowLoopback: true } };
      const input = { rules, teams: { url: http.url }, webhook: { url: http.url } };
      await db.transaction((tx) => putRules(tx, org.actor, org.connectionId, input, tools));
      await start(mail.url);
      await publish(TOPICS.syncRuns.name, buildRunEvent(runFailedV1, { ...owned(0), error }));
      await eventually(async () => {
        const deliveries = await listDeliveries(db, org.organisationId, { limit: 10 });
        const seen = deliveries.map(({ channel, recipient, state, attempts }) => [
          channel,
          recipient?.memberId,
          state,
          attempts[0]?.code,
        ]);
        expect(seen).toHaveLength(4);
        expect(seen).toContainEqual(['mail', org.adminId, 'sent', '250']);
        expect(seen).toContainEqual(['mail', bob, 'failed', '550']);
        expect(seen).toContainEqual(['teams', undefined, 'sent', '200']);
        expect(seen).toContainEqual(['webhook', undefined, 'sent', '200']);
      });
      expect(mail.mails.join()).toContain('https://rollcall.example.com/sync-runs/');
      expect(http.posts.filter(({ headers }) => headers['webhook-signature'] !== undefined)).toHaveLength(1);
    } finally {
      await mail.stop();
      await http.stop();
    }
  });

  it('sends a test on each channel and answers with what the other side said', async () => {
    const { services } = await start();
    const test = (channel: 'inProduct' | 'mail' | 'teams') =>
      testChannel({ db, listener: services.listener, now: new Date() }, org.actor, {
        channel,
        connectionId: null,
        memberId: org.adminId,
      });
    expect(await test('inProduct')).toMatchObject({ state: 'sent', kind: 'test', attempts: [{ outcome: 'delivered' }] });
    expect(await test('mail')).toMatchObject({
      state: 'failed',
      attempts: [{ code: 'CHANNEL_OFF', answer: 'the channel is off: SMTP_URL is not set' }],
    });
    expect(await test('teams')).toMatchObject({ state: 'failed', attempts: [{ code: 'NO_DESTINATION' }] });
  });

  it('shows mail as off without SMTP_URL, and counts in its metrics', async () => {
    const { address } = await start();
    await publish(TOPICS.syncRuns.name, buildRunEvent(runFailedV1, { ...owned(0), error }));
    await eventually(async () => expect(await titles()).toHaveLength(1));
    await eventually(async () => {
      const { channels } = await listRules(db, { organisationId: org.organisationId, connectionId: null });
      expect(channels).toContainEqual({ channel: 'mail', isOn: false, reason: 'SMTP_URL is not set' });
    });
    await eventually(async () => {
      const metrics = await (await fetch(`${address}/metrics`)).text();
      expect(metrics).toMatch(/^rollcall_alerts_opened_total{kind="runFailed"} 1$/m);
      expect(metrics).toMatch(/^rollcall_notice_deliveries_total{channel="inProduct",outcome="delivered"} 1$/m);
      expect(metrics).toMatch(/^rollcall_notice_deliveries_oldest_due_seconds /m);
    });
  });

  it('tells of changes that wait for review with as many as wait now, and not of those that were decided meanwhile', async () => {
    await start();
    const eventOf = (at: Date) =>
      buildEvent(
        membershipHeldV1,
        { id: randomUUID(), source: '/rollcall/provisioning', key: org.connectionId, time: at },
        {
          organisationId: org.organisationId,
          connectionId: org.connectionId,
          accountId: randomUUID(),
          entraObjectId: randomUUID(),
          groupId: null,
          before: null,
          after: { code: 'REVIEW' },
          cause: { kind: 'event', id: randomUUID() },
          idempotencyKey: randomUUID(),
        },
      );
    // It was released before anybody could hear of it.
    await publish(TOPICS.provisioningEvents.name, eventOf(owned(1).at));
    const mark = buildConnectionEvent(connectionQuarantinedV1, { ...owned(2), code: 'CONSENT_MISSING' });
    await publish(TOPICS.connections.name, mark);
    await eventually(async () => expect(await titles()).toEqual(['Contoso has lost a permission in Entra']));
    await db.query(
      `INSERT INTO people.held_changes (id, organisation_id, connection_id, entra_object_id, action, code, message, read_no, page, held_at)
       SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), 'deactivate', 'REVIEW', 'Waits for review', 1, 1, now()
         FROM generate_series(1, 3)`,
      [org.organisationId, org.connectionId],
    );
    await publish(TOPICS.provisioningEvents.name, eventOf(owned(3).at));
    await eventually(async () => expect(await titles()).toContain('Changes of Contoso wait for review'));
    const [notice] = await notices();
    expect(notice?.content.facts).toContainEqual({ label: 'Changes waiting', value: '3' });
  });

  it('finds what stands without an event: secrets that end, dead letters, changes held for review', async () => {
    await db.query(`UPDATE connections.connections SET credential_expires_at = now() + interval '3 days' WHERE id = $1`, [
      org.connectionId,
    ]);
    await db.query(
      `INSERT INTO messaging.dead_letters (organisation_id, connection_id, consumer_group, topic, partition, "offset", key, headers, value,
              reason_code, reason_message, attempts, first_at, last_at)
       VALUES ($1, $2, 'provisioning', 'directory.changes.v1', 0, 0, 'k', '{}', 'x', 'INVALID_EVENT', 'broken', 1, now(), now())`,
      [org.organisationId, org.connectionId],
    );
    await start();
    await eventually(async () =>
      expect((await titles()).sort()).toEqual([
        'Messages of Contoso could not be handled',
        'The client secret of Contoso ends in 3 days',
      ]),
    );
  });
});
