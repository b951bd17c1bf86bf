import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountUpdatedV1, silentLog, TOPICS, type Envelope } from '#contracts';
import { NotificationListener, type Database } from '#database';
import { withDatabase } from '#database/testing';
import { Consumer, enqueue, messagingMigrations, OutboxRelay, type Delivery, type LogEngine } from '#messaging';
import { currentTraceIds, inSpan, startTracing } from '#tracing';
import { OtlpReceiver } from '#tracing/testing';
import { eventually } from '#test/eventually';
import { count, firstBatch, keyOf, numberOf, range, remember } from './contract-records.js';
import { effectEvent, recordFor } from './events.js';

export interface LogUnderTest {
  readonly db: Database;
  readonly listener: NotificationListener;
}

export interface LogContractOptions {
  /** How many records the backlog has. */
  readonly backlog?: number;
}

const topic = TOPICS.provisioningEvents.name;
const policy = { maxAttempts: 3, redelivery: { firstMs: 10, maxMs: 20 }, delay: { firstMs: 10, maxMs: 20 } };

/** What every log must do. `setup` gives a log without a record in it; it is closed at the end. */
export function describeLogContract(
  name: string,
  setup: (context: LogUnderTest) => Promise<LogEngine>,
  { backlog = 100_000 }: LogContractOptions = {},
): void {
  describe(`log contract: ${name}`, () => {
    const database = withDatabase([messagingMigrations]);
    let engine: LogEngine;
    let listener: NotificationListener;
    let relay: OutboxRelay;
    let groups = 0;
    const running: Consumer[] = [];

    beforeAll(async () => {
      listener = new NotificationListener(database.url, silentLog);
      await listener.start();
      engine = await setup({ db: database.db, listener });
      await engine.ensureTopics();
      relay = new OutboxRelay({ db: database.db, publisher: engine.publisher(), listener, log: silentLog });
      relay.start();
    });

    afterEach(async () => {
      await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
    });

    afterAll(async () => {
      await relay.stop();
      await engine.close();
      await listener.stop();
    });

    const newGroup = () => `contract-${++groups}`;
    const enqueueEach = (key: string, from: number, to: number) =>
      database.db.transaction((tx) =>
        enqueue(
          tx,
          range(from, to).map((n) => recordFor(key, n)),
        ),
      );

    function consume(group: string, handle: (delivery: Delivery<typeof accountUpdatedV1>) => Promise<void>): Consumer {
      const consumer = new Consumer({
        group,
        engine,
        db: database.db,
        events: [accountUpdatedV1],
        handlers: [
          {
            name: 'Collect',
            definition: accountUpdatedV1,
            handle: (delivery) => handle(delivery as Delivery<typeof accountUpdatedV1>),
          },
        ],
        log: silentLog,
        redelivery: policy,
      });
      running.push(consumer);
      consumer.start();
      return consumer;
    }

    /** Remembers what arrives under the keys that begin with `prefix`; what comes too late for its order is missing. */
    function collect(group: string, prefix: string): Map<string, number[]> {
      const seen = new Map<string, number[]>();
      consume(group, async (delivery) => remember(seen, delivery, prefix));
      return seen;
    }

    it('keeps the order of each key', async () => {
      const keys = range(0, 20).map((index) => `order-${index}`);
      await Promise.all(
        keys.map(async (key) => {
          for (let from = 0; from < 50; from += 10) await enqueueEach(key, from, from + 10);
        }),
      );
      const seen = collect(newGroup(), 'order-');
      await eventually(() => expect(count(seen)).toBe(1000));
      for (const key of keys) expect(seen.get(key)).toEqual(range(0, 50));
    });

    it('delivers again what was not committed when its reader died', async () => {
      await enqueueEach('crash', 0, 5);
      const group = newGroup();
      const first = await firstBatch(engine, group, 'crash');
      const seen = collect(group, 'crash');
      await eventually(() => expect(seen.get('crash')).toEqual(range(0, 5)));
      expect(first.records.length).toBeGreaterThan(0);
    });

    it('does not deliver again what was committed', async () => {
      const group = newGroup();
      await enqueueEach('committed', 0, 5);
      const before = collect(group, 'committed');
      await eventually(() => expect(before.get('committed')).toEqual(range(0, 5)));
      await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
      const after = collect(group, 'committed');
      await enqueueEach('committed', 5, 6);
      await eventually(() => expect(after.get('committed')).toContain(5));
      expect(after.get('committed')).toEqual([5]);
    });

    it('dead-letters a poison message with its reason after a bounded number of tries, and goes on', async () => {
      const group = newGroup();
      const seen = new Map<string, number[]>();
      let tries = 0;
      consume(group, async (delivery) => {
        if (keyOf(delivery.event) === 'poison' && numberOf(delivery.event) === 2) {
          tries++;
          throw new TypeError('cannot read properties of undefined');
        }
        remember(seen, delivery, 'poison');
      });
      await enqueueEach('poison', 0, 5);
      await eventually(() => expect(seen.get('poison')).toEqual([0, 1, 3, 4]));
      expect(tries).toBe(3);
      const letters = await database.db.query(
        'SELECT reason_code, reason_message, attempts, event_type, connection_id IS NOT NULL AS bound FROM messaging.dead_letters WHERE consumer_group = $1',
        [group],
      );
      expect(letters).toEqual([
        {
          reason_code: 'TypeError',
          reason_message: 'cannot read properties of undefined',
          attempts: 3,
          event_type: accountUpdatedV1.type,
          bound: true,
        },
      ]);
    });

    it('never dead-letters because an engine is away', async () => {
      const group = newGroup();
      const seen = new Map<string, number[]>();
      let failures = 0;
      consume(group, async (delivery) => {
        if (keyOf(delivery.event) === 'away' && failures++ < 3 * policy.maxAttempts) {
          throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        }
        remember(seen, delivery, 'away');
      });
      await enqueueEach('away', 0, 3);
      await eventually(() => expect(seen.get('away')).toEqual([0, 1, 2]));
      expect(await database.db.query('SELECT 1 FROM messaging.dead_letters WHERE consumer_group = $1', [group])).toEqual([]);
    });

    it('lets the other partitions go on while one waits', async () => {
      const seen = new Map<string, number[]>();
      let isAway = true;
      consume(newGroup(), async (delivery) => {
        if (isAway && keyOf(delivery.event) === 'waiting-0') {
          throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        }
        remember(seen, delivery, 'waiting-');
      });
      const keys = range(0, 36).map((index) => `waiting-${index}`);
      const records = keys.map((key) => recordFor(key, 0));
      await database.db.transaction((tx) => enqueue(tx, records));
      await eventually(() => expect(seen.size).toBeGreaterThan(20));
      expect(seen.has('waiting-0')).toBe(false);
      isAway = false;
      await eventually(() => expect(seen.size).toBe(36));
    });

    it('skips types it does not know, keeps fields it does not know, and dead-letters what is no event', async () => {
      const group = newGroup();
      const events: Envelope[] = [];
      consume(group, async ({ event }) => {
        if (keyOf(event) === 'strange') events.push(event);
      });
      const unknownType = { ...effectEvent('strange', 0), type: 'rollcall.account.imagined' };
      const event = effectEvent('strange', 1);
      const unknownField = { ...event, newAttribute: 1, data: { ...event.data, newField: [1] } };
      const noEvent = { hello: 'world' } as unknown as Envelope;
      await database.db.transaction((tx) =>
        enqueue(
          tx,
          [unknownType, noEvent, unknownField].map((each) => ({ topic, key: 'strange', event: each })),
        ),
      );
      await eventually(() => expect(events).toHaveLength(1));
      expect(events[0]).toMatchObject({ newAttribute: 1, data: { newField: [1] } });
      const letters = await database.db.query(
        'SELECT reason_code, attempts FROM messaging.dead_letters WHERE consumer_group = $1',
        [group],
      );
      expect(letters).toEqual([{ reason_code: 'INVALID_EVENT', attempts: 1 }]);
    });

    it('finishes and commits the message in work before it stops', async () => {
      const group = newGroup();
      const seen: number[] = [];
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      const consumer = consume(group, async ({ event }) => {
        if (keyOf(event) !== 'graceful') return;
        seen.push(numberOf(event));
        await gate;
      });
      await enqueueEach('graceful', 0, 3);
      await eventually(() => expect(seen).toEqual([0]));
      const stopped = consumer.stop();
      release();
      await stopped;
      expect(seen).toEqual([0]);
      const after = collect(group, 'graceful');
      await eventually(() => expect(after.get('graceful')).toEqual([1, 2]));
    });

    it('replays from an offset', async () => {
      const group = newGroup();
      await enqueueEach('replay', 0, 10);
      const places: { partition: number; offset: number; n: number }[] = [];
      const consumer = consume(group, async ({ event, partition, offset }) => {
        if (keyOf(event) === 'replay') places.push({ partition, offset, n: numberOf(event) });
      });
      await eventually(() => expect(places).toHaveLength(10));
      await consumer.stop();
      const sixth = places[6];
      if (sixth === undefined) throw new Error('unreachable');
      await engine.rewind(group, topic, sixth.partition, sixth.offset);
      const seen = collect(group, 'replay');
      await eventually(() => expect(seen.get('replay')).toEqual([6, 7, 8, 9]));
    });

    it('loses nothing of writers that commit out of sequence, nor behind a long transaction', async () => {
      const seen = collect(newGroup(), 'sequence-');
      let commitFirst = () => {};
      const held = new Promise<void>((resolve) => (commitFirst = resolve));
      let hasWritten = () => {};
      const written = new Promise<void>((resolve) => (hasWritten = resolve));
      const slow = database.db.transaction(async (tx) => {
        await enqueue(tx, [recordFor('sequence-slow', 0)]);
        hasWritten();
        await held;
      });
      await written;
      await enqueueEach('sequence-fast', 0, 200);
      await eventually(() => expect(seen.get('sequence-fast')).toEqual(range(0, 200)));
      expect(seen.get('sequence-slow')).toBeUndefined();
      commitFirst();
      await slow;
      await eventually(() => expect(seen.get('sequence-slow')).toEqual([0]));
    });

    it('goes on with the trace of a record in its reader, by one span for all records of a trace and partition', async () => {
      const receiver = await OtlpReceiver.start();
      const tracing = await startTracing({ service: 'contract', endpoint: receiver.endpoint, log: silentLog });
      const handled: { trace: string | undefined; event: Envelope }[] = [];
      consume(newGroup(), async ({ event }) => {
        if (keyOf(event) === 'traced') handled.push({ trace: currentTraceIds()?.trace_id, event });
      });
      await inSpan('what made it true', {}, () => enqueueEach('traced', 0, 20));
      await eventually(() => expect(handled).toHaveLength(20));
      await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
      await tracing.stop();
      await receiver.stop();

      const [origin] = receiver.spans.filter(({ name }) => name === 'what made it true');
      const trace = receiver.trace(origin!.traceId);
      expect(new Set(handled.map((each) => each.trace))).toEqual(new Set([origin!.traceId]));
      expect(handled[0]?.event['traceparent']).toBe(`00-${origin!.traceId}-${origin!.spanId}-01`);
      const sent = trace.filter(({ name }) => name === `send ${topic}`);
      const processed = trace.filter(({ name }) => name === `process ${topic}`);
      expect(sent.every(({ parentSpanId, kind }) => parentSpanId === origin!.spanId && kind === 'producer')).toBe(true);
      const senders = new Set(sent.map(({ spanId }) => spanId));
      expect(processed.every(({ parentSpanId, kind }) => senders.has(parentSpanId) && kind === 'consumer')).toBe(true);
      const messages = (spans: typeof trace) =>
        spans.reduce((sum, { attributes }) => sum + Number(attributes['messaging.batch.message_count']), 0);
      expect([messages(sent), messages(processed)]).toEqual([20, 20]);
      expect(processed.length).toBeLessThan(20);
    });

    it(`works off a backlog of ${backlog} in order`, { timeout: 240_000 }, async () => {
      await relay.stop();
      const keys = range(0, 100).map((index) => `backlog-${index}`);
      for (let from = 0; from < backlog / keys.length; from += 10) {
        await database.db.transaction((tx) =>
          enqueue(
            tx,
            range(from, from + 10).flatMap((n) => keys.map((key) => recordFor(key, n))),
          ),
        );
      }
      relay = new OutboxRelay({ db: database.db, publisher: engine.publisher(), listener, log: silentLog });
      relay.start();
      const seen = collect(newGroup(), 'backlog-');
      await eventually(() => expect(count(seen)).toBe(backlog), { deadlineMs: 220_000, everyMs: 100 });
      for (const key of keys) expect(seen.get(key)).toEqual(range(0, backlog / keys.length));
    });
  });
}
