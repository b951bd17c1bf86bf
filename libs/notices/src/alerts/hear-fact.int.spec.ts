import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsMigrations, deleteConnection, findConnection } from '#connections';
import {
  connectionDisconnectedV1,
  connectionPausedV1,
  connectionQuarantinedV1,
  guardReleasedV1,
  guardTrippedV1,
  runAwaitingReviewV1,
  runCancelledV1,
  runCompletedV1,
  runFailedV1,
  subscriptionLostV1,
  subscriptionRestoredV1,
  sweepOverdueV1,
  type ConnectionSettings,
} from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { buildConnectionEvent, buildRunEvent, seedOrganisation, type SeededOrganisation } from '#notices/testing';
import { instantFact, type NoticeContent } from '../content.js';
import { noticesMigrations } from '../migrations/index.js';
import { listAlerts } from '../queries/list-alerts.js';
import { listDeliveries } from '../queries/list-deliveries.js';
import { putPreferences } from '../quiet-hours/preferences.js';
import { hearFact, type Fact, type Heard } from './hear-fact.js';
import { occurrencesOfConnectionFact, type ConnectionEvent } from './occurrences-of-connection.js';
import { occurrencesOfRunFact, type RunEvent } from './occurrences-of-run.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, noticesMigrations]);
const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 12, n));

describe('hearing facts', () => {
  let org: SeededOrganisation;
  const owned = (n: number) => ({ organisationId: org.organisationId, connectionId: org.connectionId, at: minute(n) });
  const failure = { code: 'GRAPH_UNAVAILABLE', message: 'Graph does not answer' };

  const hearRun = (event: RunEvent & { id: string }, now = new Date(event.time)): Promise<Heard> =>
    hearFact(
      { db: database.db, now },
      { ...event.data, eventId: event.id, meaning: (names) => occurrencesOfRunFact(event, names) },
    );
  const hearConnection = (event: ConnectionEvent & { id: string }, now = new Date(event.time)): Promise<Heard> =>
    hearFact(
      { db: database.db, now },
      { ...event.data, eventId: event.id, meaning: (names) => occurrencesOfConnectionFact(event, names) },
    );
  /** The same two of a connection, at a place in the log of connections, and `seconds` after twelve. */
  const hearAt = (
    offset: number,
    seconds: number,
    definition: typeof subscriptionLostV1 | typeof subscriptionRestoredV1 | typeof connectionPausedV1,
  ): Promise<Heard> => {
    const at = new Date(minute(0).getTime() + seconds * 1_000);
    const event = buildConnectionEvent(definition, { ...owned(0), at, object: { resource: '/users' } });
    const meaning: Fact['meaning'] = (names) => occurrencesOfConnectionFact(event, names);
    return hearFact(
      { db: database.db, now: at },
      { ...event.data, eventId: event.id, place: { log: 'connections.v1/0', offset }, meaning },
    );
  };
  const alerts = () => listAlerts(database.db, org.organisationId, { limit: 100 });
  const deliveries = async () => (await listDeliveries(database.db, org.organisationId, { limit: 2_000 })).reverse();
  const titles = async () => (await deliveries()).map(({ title }) => title);

  /** As #connections stores it; the setting is validated there. */
  async function switchOnRefresh(onRefresh: ConnectionSettings['notify']['onRefresh']): Promise<void> {
    const connection = await findConnection(database.db, org.connectionId);
    await database.db.query('UPDATE connections.connections SET settings = $2 WHERE id = $1', [
      org.connectionId,
      { ...connection?.settings, notify: { onRefresh } },
    ]);
  }

  async function setRule(kind: string, channels: string[], recipients: string[] = []): Promise<void> {
    await database.db.query('INSERT INTO notices.rules (organisation_id, kind, recipients, channels) VALUES ($1, $2, $3, $4)', [
      org.organisationId,
      kind,
      recipients,
      channels,
    ]);
  }

  beforeEach(async () => {
    org = await seedOrganisation(database.db);
  });

  it('makes one alert and one all-clear of 1,000 equal failures', async () => {
    for (let n = 0; n < 1_000; n += 1) await hearRun(buildRunEvent(runFailedV1, { ...owned(0), error: failure }), minute(1));
    expect(await hearRun(buildRunEvent(runCompletedV1, owned(2)))).toEqual({ opened: [], resolved: ['runFailed'] });
    expect(await alerts()).toEqual([expect.objectContaining({ kind: 'runFailed', state: 'resolved', count: 1_000 })]);
    expect(await titles()).toEqual(['Full sync of Contoso fails', 'All clear: Full sync of Contoso fails']);
  });

  it('names groups and whoever started a run, in every channel, by what they are called now', async () => {
    const groupId = randomUUID();
    await database.db.query(
      'INSERT INTO connections.watched_groups (connection_id, group_id, display_name) VALUES ($1, $2, $3)',
      [org.connectionId, groupId, 'Finance'],
    );
    await setRule('runFinished', ['teams']);
    const run = {
      kind: 'group' as const,
      reason: 'MANUAL',
      requestedBy: `person:${org.adminId}`,
      groupCount: 1,
      groupIds: [groupId],
    };
    const error = { code: 'GROUP_NOT_FOUND', message: `the group ${groupId} was not found` };
    await hearRun(buildRunEvent(runFailedV1, { ...owned(0), run, error }));
    await hearConnection(buildConnectionEvent(guardTrippedV1, { ...owned(1), object: { groupId, lost: 12 } }));
    await hearConnection(buildConnectionEvent(subscriptionLostV1, { ...owned(2), object: { resource: `/groups/${groupId}` } }));
    const messages = await database.db.query<{ message: { content: object } }>(
      'SELECT message FROM notices.deliveries WHERE organisation_id = $1 ORDER BY position',
      [org.organisationId],
    );
    const said = JSON.stringify(messages.map(({ message: { content } }) => ({ ...content, links: [] })));
    expect(said).toContain('Sync of Finance of Contoso has failed');
    expect(said).toContain('The group Finance was not found');
    expect(said).toContain('{"label":"Started by","value":"Ada"}');
    expect(said.match(/\{"label":"Group","value":"Finance"\}/g)).toHaveLength(2);
    expect(said).not.toContain(groupId);
  });

  const factsOf = async () => {
    const rows = await database.db.query<{ content: NoticeContent }>(
      `SELECT message->'content' AS content FROM notices.deliveries WHERE organisation_id = $1 ORDER BY position`,
      [org.organisationId],
    );
    return rows.map(({ content }) => content.facts);
  };

  it('says since when it is so, also in a later stage, and when a run has ended', async () => {
    await setRule('runFinished', ['teams']);
    await hearRun(buildRunEvent(runCompletedV1, owned(0)));
    for (const [n, code] of ['CONSENT_MISSING', 'APP_DISABLED'].entries())
      await hearConnection(buildConnectionEvent(connectionQuarantinedV1, { ...owned(1 + n), code }));
    const first = (await factsOf()).map(([fact]) => fact);
    expect(first).toEqual([instantFact('Ended', minute(0)), instantFact('Since', minute(1)), instantFact('Since', minute(1))]);
  });

  it('leaves that out where the content names an instant that matters more', async () => {
    await hearConnection(buildConnectionEvent(sweepOverdueV1, { ...owned(9), object: { lastSweepAt: minute(1).toISOString() } }));
    expect(await factsOf()).toEqual([[instantFact('Last sweep', minute(1))]]);
  });

  it('names the connection where a problem names it by id', async () => {
    const message = `the client secret of connection ${org.connectionId} has expired; it is tried once a minute`;
    await hearConnection(buildConnectionEvent(connectionQuarantinedV1, { ...owned(0), code: 'SECRET_EXPIRED', message }));
    const [alert] = await alerts();
    expect(alert?.content.sentences).toContain('The client secret of connection Contoso has expired; it is tried once a minute.');
    expect(alert?.content.sentences.filter((sentence) => sentence.includes('Nobody is removed'))).toHaveLength(1);
  });

  it('opens nothing of a connection that is disconnected by now: nobody would ever end it', async () => {
    await setRule('runFinished', ['inProduct']);
    await database.db.transaction((tx) => deleteConnection(tx, org.actor, org.connectionId));
    await hearConnection(buildConnectionEvent(connectionDisconnectedV1, owned(2)));
    // From another topic, and so heard later.
    await hearRun(buildRunEvent(runFailedV1, { ...owned(1), error: failure }));
    expect((await alerts()).map(({ kind, state }) => [kind, state])).toEqual([['runFinished', 'resolved']]);
  });

  it('does not tell the end of a review beside the end of its run', async () => {
    const run = { id: randomUUID() };
    await setRule('toReview', ['inProduct', 'teams']);
    await setRule('runFinished', ['inProduct']);
    await hearRun(buildRunEvent(runAwaitingReviewV1, { ...owned(0), run }));
    await hearRun(buildRunEvent(runCancelledV1, { ...owned(1), run }));
    expect((await deliveries()).map(({ channel, title }) => `${channel}: ${title}`)).toEqual([
      'inProduct: Full sync of Contoso waits for review',
      'teams: Full sync of Contoso waits for review',
      'inProduct: Full sync of Contoso was cancelled',
      'teams: All clear: Full sync of Contoso waits for review',
    ]);
  });

  it('makes one alert of 1,000 equal failures that are heard by several at once', async () => {
    const events = Array.from({ length: 1_000 }, () => buildRunEvent(runFailedV1, { ...owned(0), error: failure }));
    const lanes = Array.from({ length: 6 }, async () => {
      for (let event = events.pop(); event !== undefined; event = events.pop()) await hearRun(event, minute(1));
    });
    await Promise.all(lanes);
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'open', count: 1_000 })]);
    expect(await deliveries()).toHaveLength(1);
  });

  it('hears a redelivered event once', async () => {
    const event = buildRunEvent(runFailedV1, { ...owned(0), error: failure });
    await hearRun(event);
    expect(await hearRun(event)).toEqual({ opened: [], resolved: [] });
    expect(await alerts()).toEqual([expect.objectContaining({ count: 1 })]);
    expect(await deliveries()).toHaveLength(1);
  });

  it('stays silent for a failure that comes after the success that ended it', async () => {
    await hearRun(buildRunEvent(runCompletedV1, owned(9)));
    await hearRun(buildRunEvent(runFailedV1, { ...owned(1), error: failure }));
    expect(await alerts()).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });

  it('opens nothing for a fact that is replayed after what ended it, however little later that was', async () => {
    await hearAt(7, 2, subscriptionRestoredV1);
    await hearAt(6, 0, subscriptionLostV1);
    expect(await alerts()).toEqual([]);
    // Another machine’s clock may say the contrary.
    await hearAt(5, 4, subscriptionLostV1);
    expect([await alerts(), await deliveries()]).toEqual([[], []]);
    await hearAt(8, 1, subscriptionLostV1);
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'open' })]);
  });

  it('ends nothing by a fact that is replayed after what began since, and goes on to its end', async () => {
    await hearAt(7, 2, subscriptionLostV1);
    await hearAt(6, 0, subscriptionRestoredV1);
    await hearAt(5, 4, subscriptionRestoredV1);
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'open', count: 1 })]);
    await hearAt(8, 1, subscriptionRestoredV1);
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'resolved' })]);
  });

  it('opens nothing of a paused connection for a fact from before, and ends by name what began after', async () => {
    await hearAt(6, 60, connectionPausedV1);
    await hearAt(5, 0, subscriptionLostV1);
    expect(await alerts()).toEqual([]);
    await hearAt(7, 120, subscriptionLostV1);
    await hearAt(8, 180, subscriptionRestoredV1);
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'resolved' })]);
  });

  it('keeps an alert open for a success that was older than the failure', async () => {
    await hearRun(buildRunEvent(runFailedV1, { ...owned(9), error: failure }));
    await hearRun(buildRunEvent(runCompletedV1, owned(1)));
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'open' })]);
  });

  it('tells a new code of the same failing once, and an old one not again', async () => {
    for (const [n, code] of ['THROTTLED', 'CONSENT_MISSING', 'THROTTLED', 'CONSENT_MISSING'].entries()) {
      await hearRun(buildRunEvent(runFailedV1, { ...owned(n), error: { code, message: code } }));
    }
    expect(await alerts()).toEqual([expect.objectContaining({ count: 4, stage: 'CONSENT_MISSING' })]);
    expect(await deliveries()).toHaveLength(2);
  });

  it('ends each run in no notice by default, and in exactly one with "Send notification on refresh"', async () => {
    await hearRun(buildRunEvent(runCompletedV1, owned(0)));
    expect(await deliveries()).toEqual([]);
    await switchOnRefresh({ recipients: ['ADA@example.com'], channels: ['inProduct', 'mail'] });
    const run = { id: randomUUID() };
    await hearRun(buildRunEvent(runFailedV1, { ...owned(1), run, error: failure }));
    await hearRun(buildRunEvent(runCompletedV1, { ...owned(2) }));
    const told = await deliveries();
    expect(told.map(({ channel, title }) => `${channel}: ${title}`).sort()).toEqual([
      'inProduct: Full sync of Contoso has completed',
      'inProduct: Full sync of Contoso has failed',
      'mail: Full sync of Contoso has completed',
      'mail: Full sync of Contoso has failed',
    ]);
    expect(new Set(told.map(({ recipient }) => recipient?.memberId))).toEqual(new Set([org.adminId]));
  });

  it('ends a run in one notice also where two events tell its end', async () => {
    await switchOnRefresh({ recipients: [], channels: [] });
    const run = { id: randomUUID() };
    await hearRun(buildRunEvent(runCompletedV1, { ...owned(1), run }));
    await hearRun(buildRunEvent(runCompletedV1, { ...owned(2), run }));
    expect(await deliveries()).toHaveLength(1);
  });

  it('opens one alert for many lost subscriptions and ends it with the last that returns', async () => {
    const resources = ['/groups/1', '/groups/2', '/users'];
    for (const resource of resources)
      await hearConnection(buildConnectionEvent(subscriptionLostV1, { ...owned(1), object: { resource } }));
    for (const [n, resource] of resources.entries()) {
      expect(await alerts()).toEqual([expect.objectContaining({ state: 'open', count: 3 })]);
      await hearConnection(buildConnectionEvent(subscriptionRestoredV1, { ...owned(2 + n), object: { resource } }));
    }
    expect(await alerts()).toEqual([expect.objectContaining({ state: 'resolved' })]);
    expect(await deliveries()).toHaveLength(2);
  });

  it('ends everything that is open when the connection is disconnected', async () => {
    await hearRun(buildRunEvent(runFailedV1, { ...owned(0), error: failure }));
    await hearRun(buildRunEvent(runAwaitingReviewV1, owned(1)));
    await hearConnection(buildConnectionEvent(connectionQuarantinedV1, { ...owned(2), code: 'CONSENT_MISSING' }));
    const heard = await hearConnection(buildConnectionEvent(connectionDisconnectedV1, owned(3)));
    expect([...heard.resolved].sort()).toEqual(['consentLost', 'runFailed', 'toReview']);
    expect((await alerts()).map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved']);
    expect((await titles()).filter((title) => title.startsWith('All clear'))).toHaveLength(3);
  });

  it('tells all super admins in place of a recipient who is none any more, and says so', async () => {
    const bob = await org.addMember('superAdmin', 'Bob');
    const eve = await org.addMember('itAdmin', 'Eve');
    await setRule('runFailed', ['inProduct', 'teams'], [eve]);
    await hearRun(buildRunEvent(runFailedV1, { ...owned(0), error: failure }));
    const told = await deliveries();
    expect(told.map(({ channel, recipient }) => [channel, recipient?.memberId ?? null])).toEqual([
      ['inProduct', org.adminId],
      ['inProduct', bob],
      ['teams', null],
    ]);
    for (const { note } of told) expect(note).toContain('Eve, no longer a super admin');
  });

  it('keeps mail back in the quiet hours of its recipient, in their zone, and tells it as it is in the morning', async () => {
    await setRule('runFailed', ['mail', 'inProduct']);
    const quiet = { zone: 'Asia/Tokyo', quietHours: { from: '21:00', to: '23:00' } };
    await database.db.transaction((tx) => putPreferences(tx, org.actor, org.adminId, quiet));
    // 12:00 in UTC is 21:00 in Tokyo.
    await hearRun(buildRunEvent(runFailedV1, { ...owned(0), error: failure }));
    const [mail] = (await deliveries()).filter(({ channel }) => channel === 'mail');
    expect(mail).toMatchObject({ state: 'waiting', nextAttemptAt: new Date(Date.UTC(2026, 2, 2, 14)) });
    await hearRun(buildRunEvent(runCompletedV1, owned(30)));
    const told = (await deliveries()).map(({ channel, state, title }) => [channel, state, title]);
    expect(told).toContainEqual(['mail', 'superseded', 'Full sync of Contoso fails']);
    expect(told).toContainEqual(['mail', 'waiting', 'All clear: Full sync of Contoso fails']);
    expect(told).toContainEqual(['inProduct', 'waiting', 'Full sync of Contoso fails']);
  });

  it('breaks quiet hours for the guard and for lost access only', async () => {
    for (const kind of ['guardHolding', 'consentLost', 'credentialEnding', 'quarantined', 'toReview'])
      await setRule(kind, ['mail']);
    await database.db.transaction((tx) =>
      putPreferences(tx, org.actor, org.adminId, { quietHours: { from: '00:00', to: '00:00' } }),
    );
    await hearConnection(buildConnectionEvent(guardTrippedV1, { ...owned(0), code: 'GUARD_TRIPPED', object: { groupId: null } }));
    await hearConnection(buildConnectionEvent(connectionQuarantinedV1, { ...owned(0), code: 'CONSENT_MISSING' }));
    await hearConnection(buildConnectionEvent(connectionQuarantinedV1, { ...owned(1), code: 'SECRET_EXPIRED' }));
    await hearRun(buildRunEvent(runAwaitingReviewV1, owned(2)));
    await hearConnection(buildConnectionEvent(guardReleasedV1, { ...owned(3), object: { groupId: null } }));
    const isHeld = (await deliveries()).map(({ kind, title, nextAttemptAt, createdAt }) => [
      kind,
      title.startsWith('All clear'),
      (nextAttemptAt?.getTime() ?? 0) > createdAt.getTime(),
    ]);
    expect(isHeld).toEqual([
      ['guardHolding', false, false],
      ['consentLost', false, false],
      ['credentialEnding', false, false],
      ['toReview', false, true],
      ['guardHolding', true, true],
    ]);
  });

  it('never mixes organisations (invariant 9)', async () => {
    const other = await seedOrganisation(database.db);
    await hearRun(buildRunEvent(runFailedV1, { ...owned(0), error: failure }));
    expect(await listAlerts(database.db, other.organisationId, { limit: 10 })).toEqual([]);
    expect(await listDeliveries(database.db, other.organisationId, { limit: 10 })).toEqual([]);
  });
});
