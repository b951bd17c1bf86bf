import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { recordFor } from '#messaging/testing';
import { eventually } from '#test/eventually';
import type { LogPublisher, PublishedRecord } from '../log-engine.js';
import { messagingMigrations } from '../migrations/index.js';
import { enqueue } from '../outbox/enqueue.js';
import { MAX_BATCH_BYTES } from '../outbox/outbox-record.js';
import { outboxStatus } from '../outbox/outbox-status.js';
import { bucketOf } from '../partitioner.js';
import { OutboxRelay } from './outbox-relay.js';
import { ShardLeases } from './shard-leases.js';
import { nextBatch, removeBatch } from './shard-outbox.js';

class MemoryPublisher implements LogPublisher {
  readonly records: PublishedRecord[] = [];
  failures = 0;
  async publish(records: readonly PublishedRecord[]): Promise<void> {
    if (this.failures-- > 0) throw new Error('the broker is away');
    this.records.push(...records);
  }
  async close(): Promise<void> {}
}

describe('OutboxRelay', () => {
  const database = withDatabase([messagingMigrations]);
  const listener = { on: () => () => {} };
  const relays: OutboxRelay[] = [];
  const startRelay = (publisher: LogPublisher) => {
    const relay = new OutboxRelay({ db: database.db, publisher, listener, log: silentLog });
    relays.push(relay);
    relay.start();
    return relay;
  };
  const add = (key: string, n: number) => database.db.transaction((tx) => enqueue(tx, [recordFor(key, n)]));

  beforeEach(async () => {
    await database.db.query('DELETE FROM messaging.outbox');
    await database.db.query('UPDATE messaging.outbox_shards SET lease_owner = NULL, lease_until = NULL');
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });

  it('publishes with the time of publishing and empties the outbox, also when no notification comes', async () => {
    const publisher = new MemoryPublisher();
    startRelay(publisher);
    await add('a', 0);
    await eventually(() => expect(publisher.records).toHaveLength(1));
    expect(publisher.records[0]?.headers['published-at']).toMatch(/^\d{4}-.*Z$/);
    await eventually(async () => expect((await outboxStatus(database.db)).records).toBe(0));
  });

  it('has endless patience with a log that is away, and then publishes everything in order', async () => {
    const publisher = new MemoryPublisher();
    publisher.failures = 3;
    for (let n = 0; n < 10; n++) await add('a', n);
    startRelay(publisher);
    await eventually(() => expect(publisher.records).toHaveLength(10));
    expect(
      publisher.records.map(({ value }) => (JSON.parse(value.toString()) as { data: { after: { n: number } } }).data.after.n),
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('gives its shards to another relay when it stops', async () => {
    const first = new MemoryPublisher();
    const second = new MemoryPublisher();
    const leaving = startRelay(first);
    await add('a', 0);
    await eventually(() => expect(first.records).toHaveLength(1));
    await leaving.stop();
    startRelay(second);
    await add('a', 1);
    await eventually(() => expect(second.records).toHaveLength(1), { deadlineMs: 5_000 });
  });

  it('lets one relay at a time hold a shard, and fences off a holder that slept through its lease', async () => {
    await add('a', 0);
    const shard = bucketOf('a', 8);
    const sleeper = new ShardLeases(database.db, 'sleeper');
    const successor = new ShardLeases(database.db, 'successor');
    const old = (await sleeper.claimFree()).find((lease) => lease.shard === shard);
    expect(await successor.claimFree()).toEqual([]);
    await database.db.query("UPDATE messaging.outbox_shards SET lease_until = now() - interval '1 second'");
    expect(await successor.claimFree()).toHaveLength(8);
    if (old === undefined) throw new Error('unreachable');
    const rows = await nextBatch(database.db, shard);
    expect(await removeBatch(database.db, old, rows)).toBe(false);
    expect(await sleeper.renew([old])).toEqual([]);
    expect((await outboxStatus(database.db)).records).toBe(1);
  });

  it('cuts a send below the limit of a partition, but never to nothing', async () => {
    const large = (n: number) => {
      const record = recordFor('a', n);
      return { ...record, event: { ...record.event, padding: 'x'.repeat(300 * 1024) } };
    };
    await database.db.transaction((tx) => enqueue(tx, [large(0), large(1), large(2), large(3)]));
    const rows = await nextBatch(database.db, bucketOf('a', 8));
    expect(rows).toHaveLength(2);
    expect(rows.reduce((bytes, { value }) => bytes + value.length, 0)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  });
});
