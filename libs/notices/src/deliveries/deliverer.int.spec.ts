import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { buildMessage, RecordingChannel, seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { InProductChannel } from '../channels/in-product-channel.js';
import { channelNames, type ChannelName } from '../kinds.js';
import { noticesMigrations } from '../migrations/index.js';
import { listDeliveries } from '../queries/list-deliveries.js';
import { listNotices } from '../queries/list-notices.js';
import { putPreferences } from '../quiet-hours/preferences.js';
import { Deliverer } from './deliverer.js';
import type { NewDelivery } from './new-delivery.js';
import { MAX_ATTEMPTS } from './next-attempt.js';
import { pendingDeliveries } from './pending-deliveries.js';
import { saveDeliveries } from './save-deliveries.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);

/** One that hangs, or is killed: what becomes of its delivery comes after the test, when there is no database any more. */
const abandon = (worker: Deliverer) => void worker.deliverNext().catch(() => undefined);

describe('the deliverer', () => {
  let org: SeededOrganisation;
  let now: Date;
  let channels: Record<ChannelName, RecordingChannel>;
  let deliverer: Deliverer;

  const clock = () => now;
  const passMs = (ms: number) => (now = new Date(now.getTime() + ms));
  const list = async () => (await listDeliveries(database.db, org.organisationId, { limit: 100 })).reverse();
  const drain = async (worker = deliverer) => {
    const outcomes = [];
    for (let outcome = await worker.deliverNext(); outcome !== null; outcome = await worker.deliverNext()) outcomes.push(outcome);
    return outcomes;
  };

  function build(overrides: Partial<NewDelivery> = {}): NewDelivery {
    return {
      organisationId: org.organisationId,
      connectionId: org.connectionId,
      alertId: null,
      eventId: randomUUID(),
      told: 'finished',
      kind: 'runFinished',
      channel: 'mail',
      recipient: { memberId: org.adminId, displayName: 'Ada', email: 'ada@example.com' },
      isUrgent: false,
      severity: 'info',
      content: buildMessage().content,
      note: null,
      at: now,
      dueAt: now,
      isHeldForQuiet: false,
      maxAttempts: MAX_ATTEMPTS,
      ...overrides,
    };
  }
  const save = (...deliveries: NewDelivery[]) => database.db.transaction((tx) => saveDeliveries(tx, deliveries, now));
  async function openAlert(): Promise<string> {
    const id = randomUUID();
    await database.db.query(
      `INSERT INTO notices.alerts (id, organisation_id, kind, cause, stage, is_urgent, state, content, opened_at, updated_at)
       VALUES ($1::uuid, $2, 'runFailed', 'of ' || $1::uuid, 's', false, 'open', '{}', $3, $3)`,
      [id, org.organisationId, now],
    );
    return id;
  }

  beforeEach(async () => {
    // Each test sees only its own work.
    await database.db.query('DELETE FROM notices.deliveries');
    org = await seedOrganisation(database.db);
    now = new Date('2026-03-02T12:00:00Z');
    channels = Object.fromEntries(channelNames.map((name) => [name, new RecordingChannel(name)])) as typeof channels;
    deliverer = new Deliverer({ db: database.db, channels, owner: 'a', log: silentLog, clock });
  });

  it('sends what is due once, and stores the answer of the attempt', async () => {
    await save(build(), build({ dueAt: new Date(now.getTime() + 60_000) }));
    expect(await drain()).toEqual([{ channel: 'mail', outcome: 'delivered' }]);
    expect(channels.mail.sent).toHaveLength(1);
    const [sent, later] = await list();
    expect(sent).toMatchObject({ state: 'sent', attempts: [{ number: 1, outcome: 'delivered', code: '200', answer: 'taken' }] });
    expect(later).toMatchObject({ state: 'waiting', attempts: [] });
    passMs(60_000);
    await drain();
    expect(channels.mail.sent).toHaveLength(2);
  });

  it("sets instants in the recipient's own zone, on shared channels in the organisation's", async () => {
    await database.db.query(`UPDATE connections.organisations SET time_zone = 'Europe/Berlin' WHERE id = $1`, [
      org.organisationId,
    ]);
    await putPreferences(database.db, org.actor, org.adminId, { zone: 'America/New_York' });
    await save(build(), build({ channel: 'teams', recipient: null }));
    await drain();
    expect(channels.mail.sent).toMatchObject([{ zone: 'America/New_York' }]);
    expect(channels.teams.sent).toMatchObject([{ zone: 'Europe/Berlin' }]);
  });

  it('repeats a failure with growing waits, within bounds, and shows every answer', async () => {
    await save(build());
    channels.mail.answer = { outcome: 'failed', code: '451', text: 'try later' };
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      expect(await drain()).toEqual([{ channel: 'mail', outcome: 'failed' }]);
      expect((await list())[0]).toMatchObject({ state: 'waiting' });
      passMs(13 * 60 * 60 * 1_000);
    }
    await drain();
    const [given] = await list();
    expect(given?.state).toBe('failed');
    expect(given?.attempts.map(({ number, code }) => [number, code])).toEqual(
      Array.from({ length: MAX_ATTEMPTS }, (_, index) => [index + 1, '451']),
    );
  });

  it('shows a refused recipient and does not try again', async () => {
    await save(build());
    channels.mail.answer = { outcome: 'refused', code: '550', text: 'no such user' };
    await drain();
    expect((await list())[0]).toMatchObject({
      state: 'failed',
      attempts: [{ outcome: 'refused', code: '550', answer: 'no such user' }],
    });
    passMs(86_400_000);
    expect(await drain()).toEqual([]);
  });

  it('delivers once with several workers at once', async () => {
    await save(...Array.from({ length: 40 }, () => build()));
    const workers = ['a', 'b', 'c', 'd'].map(
      (owner) => new Deliverer({ db: database.db, channels, owner, log: silentLog, clock }),
    );
    for (let round = 0; round < 40 && (await pendingDeliveries(database.db, now)).waiting > 0; round += 1) {
      await Promise.all(workers.map((worker) => drain(worker)));
    }
    expect(new Set(channels.mail.sent.map(({ id }) => id)).size).toBe(40);
    expect(channels.mail.sent).toHaveLength(40);
  });

  it('takes over from one that was killed while sending: the bell shows the notice exactly once', async () => {
    await save(build({ channel: 'inProduct' }));
    const inProduct = new InProductChannel(database.db, { append: () => Promise.resolve() });
    const killed = {
      name: 'inProduct',
      send: (message: Parameters<typeof inProduct.send>[0]) => inProduct.send(message).then(() => new Promise<never>(() => {})),
    } as const;
    const first = new Deliverer({
      db: database.db,
      channels: { ...channels, inProduct: killed },
      owner: 'killed',
      log: silentLog,
      clock,
    });
    abandon(first);
    const notices = () => listNotices(database.db, org.organisationId, org.adminId, { limit: 10 });
    await expect.poll(notices).toHaveLength(1);
    const second = new Deliverer({ db: database.db, channels: { ...channels, inProduct }, owner: 'b', log: silentLog, clock });
    expect(await second.deliverNext()).toBeNull();
    await database.db.query(`UPDATE notices.deliveries SET lease_until = clock_timestamp() - interval '1 second'`);
    expect(await second.deliverNext()).toEqual({ channel: 'inProduct', outcome: 'delivered' });
    expect(await notices()).toHaveLength(1);
    expect((await list())[0]).toMatchObject({ state: 'sent', attempts: [{ number: 1 }] });
  });

  it('does not store the answer of one that slept through its lease', async () => {
    await save(build());
    const slow = new RecordingChannel('mail');
    const original = slow.send.bind(slow);
    slow.send = async (message) => {
      await database.db.query('UPDATE notices.deliveries SET lease_token = lease_token + 1');
      return original(message);
    };
    const worker = new Deliverer({
      db: database.db,
      channels: { ...channels, mail: slow },
      owner: 'slow',
      log: silentLog,
      clock,
    });
    expect(await worker.deliverNext()).toEqual({ channel: 'mail', outcome: 'leaseLost' });
    expect((await list())[0]).toMatchObject({ state: 'waiting', attempts: [] });
  });

  it('tells the states of an alert in their order', async () => {
    const alertId = await openAlert();
    await save(build({ alertId, told: 'broken', content: { ...buildMessage().content, title: 'broken' } }));
    await save(build({ alertId, told: 'resolved', content: { ...buildMessage().content, title: 'all clear' } }));
    await drain();
    expect(channels.mail.titles).toEqual(['broken', 'all clear']);
  });

  it('leaves out an opening that could not be sent before its all-clear', async () => {
    const alertId = await openAlert();
    await save(build({ alertId, told: 'broken' }));
    channels.mail.answer = { outcome: 'failed', code: '451', text: 'later' };
    await drain();
    channels.mail.answer = { outcome: 'delivered', code: '250', text: 'ok' };
    await save(build({ alertId, told: 'resolved', content: { ...buildMessage().content, title: 'all clear' } }));
    passMs(86_400_000);
    await drain();
    expect(channels.mail.titles).toEqual(['all clear']);
    expect((await list()).map(({ state }) => state)).toEqual(['superseded', 'sent']);
  });

  it('puts all super admins in the place of one who lost the role between planning and sending', async () => {
    const bob = await org.addMember('superAdmin', 'Bob');
    const alertId = await openAlert();
    await save(build({ alertId, told: 'broken' }));
    await database.db.query(`UPDATE connections.members SET role = 'viewer' WHERE id = $1`, [org.adminId]);
    await drain();
    expect(channels.mail.sent.map(({ recipient, note }) => [recipient?.memberId, note])).toEqual([
      [bob, expect.stringContaining('This was meant for Ada, no longer a super admin')],
    ]);
    expect((await list()).map(({ state }) => state)).toEqual(['replaced', 'sent']);
  });

  it('asks for the address of the moment of sending', async () => {
    await save(build());
    await database.db.query(`UPDATE connections.members SET email = 'ada@new.example' WHERE id = $1`, [org.adminId]);
    await drain();
    expect(channels.mail.sent[0]?.recipient?.email).toBe('ada@new.example');
  });

  it('lets a receiver that hangs delay no other organisation (invariant 9)', async () => {
    const other = await seedOrganisation(database.db);
    await save(...Array.from({ length: 10 }, () => build({ channel: 'webhook', recipient: null })));
    await save(build({ organisationId: other.organisationId, connectionId: null, channel: 'teams', recipient: null }));
    let hung = 0;
    const send = () => {
      hung += 1;
      return new Promise<never>(() => {});
    };
    const hanging = { name: 'webhook', send } as const;
    const worker = new Deliverer({
      db: database.db,
      channels: { ...channels, webhook: hanging },
      owner: 'a',
      log: silentLog,
      clock,
    });
    // One after the other: claims of the same moment do not see each other.
    for (let slot = 1; slot <= 3; slot += 1) {
      abandon(worker);
      await expect.poll(() => hung + channels.teams.sent.length, { timeout: 10_000 }).toBe(slot);
    }
    expect(channels.teams.sent).toHaveLength(1);
  });

  it('answers with the failure where a channel throws', async () => {
    await save(build());
    channels.mail.send = () => Promise.reject(Object.assign(new Error('no key opens it'), { code: 'SEAL_BROKEN' }));
    await drain();
    expect((await list())[0]?.attempts).toEqual([
      expect.objectContaining({ outcome: 'failed', code: 'SEAL_BROKEN', answer: 'no key opens it' }),
    ]);
  });
});
