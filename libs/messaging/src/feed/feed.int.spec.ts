import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog, type CloudEvent, type Envelope } from '#contracts';
import { NotificationListener } from '#database';
import { withDatabase } from '#database/testing';
import { contractOrganisation, effectEvent } from '#messaging/testing';
import { eventually } from '#test/eventually';
import { messagingMigrations } from '../migrations/index.js';
import type { FeedItem } from './feed-item.js';
import { FeedReader } from './feed-reader.js';
import { FeedWriter } from './feed-writer.js';
import { trimFeed } from './trim-feed.js';

describe('the live feed', () => {
  const database = withDatabase([messagingMigrations]);
  let listener: NotificationListener;
  let reader: FeedReader;

  beforeAll(async () => {
    listener = new NotificationListener(database.url, silentLog);
    await listener.start();
    reader = new FeedReader({ db: database.db, listener, log: silentLog });
  });
  afterAll(() => listener.stop());

  function follow(organisationId: string, after?: string) {
    const items: FeedItem[] = [];
    const abort = new AbortController();
    const ended = (async () => {
      for await (const item of reader.follow({ organisationId, after, signal: abort.signal })) items.push(item);
    })();
    const stop = async () => {
      abort.abort();
      await ended;
    };
    return { items, stop };
  }
  const ofOrganisation = (event: CloudEvent, organisationId: string): Envelope => ({
    ...event,
    data: { ...(event.data as object), organisationId },
  });

  it('gives every follower of the organisation each event once, in one order, whoever writes', async () => {
    const followers = [follow(contractOrganisation, '0'), follow(contractOrganisation, '0')];
    const events = Array.from({ length: 300 }, (_, n) => effectEvent('feed', n));
    const [odd, even] = [new FeedWriter(database.db), new FeedWriter(database.db)];
    await Promise.all(events.map((event, n) => (n % 2 === 0 ? even : odd).append(event)));
    await eventually(() => {
      for (const { items } of followers) expect(items).toHaveLength(300);
    });
    const [first, second] = followers.map(({ items }) => items);
    expect(first).toEqual(second);
    expect(new Set(first?.map(({ event }) => event.id)).size).toBe(300);
    await Promise.all(followers.map(({ stop }) => stop()));
  });

  it('goes on after the cursor that was seen last', async () => {
    const organisationId = randomUUID();
    const writer = new FeedWriter(database.db);
    const events = [0, 1, 2].map((n) => ofOrganisation(effectEvent('cursor', n), organisationId));
    for (const event of events) await writer.append(event);
    const all = follow(organisationId, '0');
    await eventually(() => expect(all.items).toHaveLength(3));
    const rest = follow(organisationId, all.items[0]?.cursor);
    await eventually(() => expect(rest.items).toEqual(all.items.slice(1)));
    await Promise.all([all.stop(), rest.stop()]);
  });

  it('begins with what is new for a follower without a cursor, and shows nothing of another organisation (invariant 9)', async () => {
    const organisationId = randomUUID();
    const writer = new FeedWriter(database.db);
    await writer.append(ofOrganisation(effectEvent('before', 0), organisationId));
    const follower = follow(organisationId, 'not a cursor of ours');
    const wanted = ofOrganisation(effectEvent('after', 1), organisationId);
    await eventually(async () => {
      await writer.append(effectEvent('elsewhere', 2));
      await writer.append({ ...wanted, id: randomUUID() });
      expect(follower.items.length).toBeGreaterThan(0);
    });
    expect(follower.items.every(({ event }) => event.partitionkey === 'after')).toBe(true);
    await follower.stop();
  });

  it('leaves a repeated event as it is, and passes over one of no organisation', async () => {
    const organisationId = randomUUID();
    const writer = new FeedWriter(database.db);
    const event = ofOrganisation(effectEvent('twice', 0), organisationId);
    await writer.append(event);
    await writer.append(event);
    await writer.append({ ...event, id: randomUUID(), data: null });
    expect(await database.db.query('SELECT 1 FROM messaging.feed WHERE organisation_id = $1', [organisationId])).toHaveLength(1);
  });

  it('appends the neighbours of an event that Postgres refuses', async () => {
    const organisationId = randomUUID();
    const writer = new FeedWriter(database.db);
    const [first, ...rest] = [0, 1, 2].map((n) => ofOrganisation(effectEvent('refused', n), organisationId));
    if (first === undefined) throw new Error('unreachable');
    const refused = { ...first, id: 'no text in Postgres: \0' };
    const results = await Promise.allSettled([first, refused, ...rest].map((event) => writer.append(event)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await database.db.query('SELECT 1 FROM messaging.feed WHERE organisation_id = $1', [organisationId])).toHaveLength(3);
  });

  it('shrinks to a day', async () => {
    expect(await trimFeed(database.db, () => new Date())).toBe(0);
    expect(await trimFeed(database.db, () => new Date(Date.now() + 25 * 60 * 60 * 1000))).toBeGreaterThan(300);
    expect(await database.db.query('SELECT 1 FROM messaging.feed')).toEqual([]);
  });
});
