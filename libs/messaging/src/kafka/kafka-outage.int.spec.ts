import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { NotificationListener } from '#database';
import { withDatabase } from '#database/testing';
import { Collector, recordFor, withoutRepeats } from '#messaging/testing';
import { eventually } from '#test/eventually';
import { noKafkaReason, startOwnKafka } from '#test/own-kafka';
import { messagingMigrations } from '../migrations/index.js';
import { enqueue } from '../outbox/enqueue.js';
import { outboxStatus } from '../outbox/outbox-status.js';
import { OutboxRelay } from '../relay/outbox-relay.js';
import { KafkaEngine } from './kafka-engine.js';

const PORT = 29_392;

describe.runIf((await noKafkaReason) === null)('Kafka that goes and returns', () => {
  const database = withDatabase([messagingMigrations]);
  let broker: Awaited<ReturnType<typeof startOwnKafka>>;
  let listener: NotificationListener;

  beforeAll(async () => {
    listener = new NotificationListener(database.url, silentLog);
    await listener.start();
  });
  afterAll(async () => {
    await broker.dispose();
    await listener.stop();
  });

  it('is waited for at the start, and over a kill; nothing is lost and nothing dead-lettered', async () => {
    const engine = new KafkaEngine({ brokers: [`127.0.0.1:${PORT}`] }, silentLog);
    const relay = new OutboxRelay({ db: database.db, publisher: engine.publisher(), listener, log: silentLog });
    const keys = ['a', 'b', 'c', 'd'];
    const write = (n: number) =>
      database.db.transaction((tx) =>
        enqueue(
          tx,
          keys.map((key) => recordFor(key, n)),
        ),
      );
    const numbersOf = (reader: Collector) => keys.map((key) => withoutRepeats(reader.seen.get(key) ?? []));

    relay.start();
    const reader = new Collector({ engine, db: database.db, group: 'patient' });
    await write(0);
    expect(await engine.isReady()).toMatchObject({ ready: false, reason: expect.stringContaining('Kafka is away') });

    broker = await startOwnKafka(PORT);
    await eventually(() => expect(numbersOf(reader)).toEqual(keys.map(() => [0])), { deadlineMs: 20_000 });
    expect(await engine.isReady()).toEqual({ ready: true });

    await broker.kill();
    for (let n = 1; n <= 20; n++) await write(n);
    expect((await outboxStatus(database.db)).records).toBe(80);
    expect((await engine.isReady()).ready).toBe(false);

    await broker.restart();
    const expected = keys.map(() => Array.from({ length: 21 }, (_, n) => n));
    await eventually(() => expect(numbersOf(reader)).toEqual(expected), { deadlineMs: 45_000 });
    expect(await database.db.query('SELECT 1 FROM messaging.dead_letters')).toEqual([]);

    await reader.consumer.stop();
    await relay.stop();
    await engine.close();
  }, 110_000);
});
