import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { silentLog, TOPICS } from '#contracts';
import { NotificationListener } from '#database';
import { withDatabase } from '#database/testing';
import { Collector, recordFor, withoutRepeats } from '#messaging/testing';
import { eventually } from '#test/eventually';
import { messagingMigrations } from '../migrations/index.js';
import { enqueue } from '../outbox/enqueue.js';
import { MAX_RECORD_BYTES } from '../outbox/outbox-record.js';
import { OutboxRelay } from '../relay/outbox-relay.js';
import { KafkaEngine } from './kafka-engine.js';

/** Without a broker vitest.config.ts leaves the files with "kafka" in their name out. */
const brokers = (inject('kafkaBrokers') ?? '').split(',');

describe('Kafka', () => {
  const database = withDatabase([messagingMigrations]);
  const topicPrefix = `t-${randomBytes(4).toString('hex')}.`;
  const newEngine = () => new KafkaEngine({ brokers, topicPrefix }, silentLog);
  let engine: KafkaEngine;
  let listener: NotificationListener;
  let relay: OutboxRelay;

  beforeAll(async () => {
    engine = newEngine();
    listener = new NotificationListener(database.url, silentLog);
    await listener.start();
    relay = new OutboxRelay({ db: database.db, publisher: engine.publisher(), listener, log: silentLog });
    relay.start();
  });
  afterAll(async () => {
    await relay.stop();
    await engine.close();
    await listener.stop();
  });

  it('shares the partitions of a group between two consumers, and gives them all to the one that stays', async () => {
    const keys = Array.from({ length: 48 }, (_, index) => `key-${index}`);
    let written = 0;
    const write = async () => {
      const n = written++;
      await database.db.transaction((tx) =>
        enqueue(
          tx,
          keys.map((key) => recordFor(key, n)),
        ),
      );
    };
    const engines = [newEngine(), newEngine()];
    const [first, second] = engines.map((each) => () => new Collector({ engine: each, db: database.db, group: 'shared' }));
    if (first === undefined || second === undefined) throw new Error('unreachable');

    // As slowly as a rebalance goes: each round has to be told apart from those before it, and read to its end.
    const writeUntil = (check: () => void) =>
      eventually(
        async () => {
          await write();
          check();
        },
        { deadlineMs: 45_000, everyMs: 250 },
      );

    const leaving = first();
    await writeUntil(() => expect(leaving.keys).toBe(48));
    const staying = second();
    await writeUntil(() => expect(staying.keys).toBeGreaterThan(0));
    await leaving.consumer.stop();
    await writeUntil(() => expect(staying.keys).toBe(48));
    await eventually(() => {
      for (const key of keys) {
        const both = [...(leaving.seen.get(key) ?? []), ...(staying.seen.get(key) ?? [])];
        expect(new Set(both).size).toBe(written);
      }
    });
    for (const { seen } of [leaving, staying]) {
      for (const numbers of seen.values()) expect(withoutRepeats(numbers)).toEqual([...new Set(numbers)]);
    }
    await staying.consumer.stop();
    await Promise.all(engines.map((each) => each.close()));
  }, 180_000);

  it('carries records near the limit of a record, and as many as one send may hold', async () => {
    const padding = randomBytes(MAX_RECORD_BYTES).toString('base64');
    const largeRecord = (n: number, bytes: number) => {
      const record = recordFor('large', n);
      return { ...record, event: { ...record.event, padding: padding.slice(0, bytes) } };
    };
    const sizes = [MAX_RECORD_BYTES - 1500, MAX_RECORD_BYTES - 1500, 255 * 1024, 255 * 1024, 255 * 1024];
    await database.db.transaction((tx) =>
      enqueue(
        tx,
        sizes.map((bytes, n) => largeRecord(n, bytes)),
      ),
    );
    const reader = new Collector({ engine, db: database.db, group: 'large' });
    await eventually(() => expect(reader.seen.get('large')).toEqual([0, 1, 2, 3, 4]), { deadlineMs: 20_000 });
    await reader.consumer.stop();
  });

  it('may be asked for its topics by many processes at once', async () => {
    const prefix = `t-${randomBytes(4).toString('hex')}.`;
    const many = Array.from({ length: 4 }, () => new KafkaEngine({ brokers, topicPrefix: prefix }, silentLog));
    await Promise.all(many.map((each) => each.ensureTopics('notification')));
    const source = many[0]?.source('notification');
    source?.start({ topics: [TOPICS.connections.name], onBatch: async () => ({ resumeAfterMs: 0 }) });
    const lag = await eventually(async () => (await source?.lag()) ?? []);
    expect(lag).toHaveLength(12);
    expect(lag.every(({ nextOffset, endOffset }) => nextOffset === endOffset)).toBe(true);
    await source?.stop();
    await Promise.all(many.map((each) => each.close()));
  });
});
