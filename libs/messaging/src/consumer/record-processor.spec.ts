import { describe, expect, it } from 'vitest';
import { accountUpdatedV1, silentLog, TOPICS, type Log } from '#contracts';
import { effectEvent } from '#messaging/testing';
import type { LogRecord } from '../log-engine.js';
import { noMetrics, type HandledDelivery } from '../metrics.js';
import type { Delivery } from './delivery.js';
import { HandlerRegistry } from './handler-registry.js';
import { correlation, currentCorrelationId } from './middleware/correlation.js';
import { timeout } from './middleware/timeout.js';
import { RecordProcessor, type Undeliverable } from './record-processor.js';
import { defaultRedelivery } from './redelivery.js';

const topic = TOPICS.provisioningEvents.name;
const now = new Date('2026-11-23T10:00:00Z');

function record(overrides: Partial<LogRecord> = {}): LogRecord {
  const value = Buffer.from(JSON.stringify(effectEvent('key', 1)));
  return { topic, partition: 0, offset: 0, key: 'key', headers: { 'published-at': now.toISOString() }, value, ...overrides };
}

function processorWith(handle: (delivery: Delivery) => Promise<void>, bury?: (undeliverable: Undeliverable) => Promise<void>) {
  const outcomes: HandledDelivery[] = [];
  const buried: Undeliverable[] = [];
  const lines: string[] = [];
  const note = (level: string) => (fields: object) => {
    const { partition, failures } = fields as { partition?: number; failures?: number };
    lines.push([level, partition, failures].filter((part) => part !== undefined).join(' '));
  };
  const log: Log = { ...silentLog, info: note('info'), warn: note('warn') };
  const processor = new RecordProcessor({
    group: 'notification',
    registry: new HandlerRegistry(
      'notification',
      [accountUpdatedV1],
      [{ name: 'Remember', definition: accountUpdatedV1, handle }],
    ),
    middlewares: [correlation, timeout(50)],
    policy: defaultRedelivery,
    bury: bury ?? (async (undeliverable) => void buried.push(undeliverable)),
    log,
    clock: () => now,
    metrics: { ...noMetrics, handled: (delivery) => void outcomes.push(delivery) },
  });
  return { processor, outcomes: () => outcomes.map(({ outcome }) => outcome), buried, lines };
}

describe('RecordProcessor', () => {
  it('hands the delivery over with its place, its attempt and the time of publishing', async () => {
    const deliveries: Delivery[] = [];
    const { processor, outcomes } = processorWith(async (delivery) => void deliveries.push(delivery));
    expect(await processor.process(record({ partition: 3, offset: 7 }))).toEqual({ done: true });
    const place = { partition: 3, offset: 7 };
    expect(deliveries).toMatchObject([{ topic, partition: 3, offset: 7, place, attempt: 1, publishedAt: now }]);
    expect(outcomes()).toEqual(['handled']);
  });

  it('says of a replay where the record stood first, and of anything else where it stands', async () => {
    const places: Delivery['place'][] = [];
    const { processor } = processorWith(async ({ place }) => void places.push(place));
    for (const from of ['2:5', 'nowhere'])
      await processor.process(record({ partition: 3, offset: 7, headers: { 'replayed-from': from } }));
    expect(places).toEqual([
      { partition: 2, offset: 5 },
      { partition: 3, offset: 7 },
    ]);
  });

  it('counts the attempts of one record and forgets them for the next', async () => {
    const attempts: number[] = [];
    const { processor } = processorWith(async ({ attempt }) => {
      attempts.push(attempt);
      if (attempts.length < 3) throw new Error('not yet');
    });
    for (let n = 0; n < 3; n++) await processor.process(record());
    await processor.process(record({ offset: 1 }));
    expect(attempts).toEqual([1, 2, 3, 1]);
  });

  it('leaves a replay for another group alone, and takes its own', async () => {
    let calls = 0;
    const { processor, outcomes } = processorWith(async () => void calls++);
    await processor.process(record({ headers: { 'replayed-for-group': 'provisioning' } }));
    await processor.process(record({ headers: { 'replayed-for-group': 'notification' } }));
    expect(calls).toBe(1);
    expect(outcomes()).toEqual(['not-for-us', 'handled']);
  });

  it('dead-letters at once what breaks the contract of its type', async () => {
    const { processor, buried } = processorWith(async () => {});
    const broken = { ...effectEvent('key', 1), data: { organisationId: 'not an id' } };
    expect(await processor.process(record({ value: Buffer.from(JSON.stringify(broken)) }))).toEqual({ done: true });
    expect(buried).toMatchObject([{ attempts: 1, firstAt: now, lastAt: now, error: { code: 'INVALID_EVENT' } }]);
  });

  it('keeps the record when its dead letter cannot be stored, and stores it later', async () => {
    let away = true;
    const { processor } = processorWith(
      async () => {},
      async () => {
        if (away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
      },
    );
    const poison = record({ value: Buffer.from('{') });
    expect(await processor.process(poison)).toMatchObject({ done: false });
    away = false;
    expect(await processor.process(poison)).toEqual({ done: true });
  });

  it('tells of an outage once for each partition, and once that the partition goes on, with the number of failures', async () => {
    let away = true;
    const { processor, lines } = processorWith(async () => {
      if (away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    });
    const row = (partition: number) =>
      Array.from({ length: 32 }, (_, offset) => processor.process(record({ partition, offset })));
    for (let tries = 0; tries < 2; tries += 1) await Promise.all([...row(0), ...row(1)]);
    expect(lines).toEqual(['warn 0', 'warn 1']);
    away = false;
    await Promise.all([...row(0), ...row(1)]);
    expect(lines.slice(2)).toEqual(['info 0 64', 'info 1 64']);
    away = true;
    await processor.process(record({ offset: 99 }));
    expect(lines.slice(4)).toEqual(['warn 0']);
  });

  it('ends the wait for a handler that never answers', async () => {
    const { processor, outcomes } = processorWith(() => new Promise(() => {}));
    expect(await processor.process(record())).toEqual({ done: false, waitMs: 200 });
    expect(outcomes()).toEqual(['redeliver']);
  });

  it('takes an error that is thrown before the first await like any other', async () => {
    const { processor, outcomes } = processorWith(() => {
      throw new TypeError('at once');
    });
    expect(await processor.process(record())).toMatchObject({ done: false });
    expect(outcomes()).toEqual(['redeliver']);
  });

  it('carries the correlation id of the event to whatever the handler calls', async () => {
    const seen: (string | undefined)[] = [];
    const { processor } = processorWith(async () => void seen.push(currentCorrelationId()));
    const event = { ...effectEvent('key', 1), correlationid: 'chain-1' };
    await processor.process(record({ value: Buffer.from(JSON.stringify(event)) }));
    expect(seen).toEqual(['chain-1']);
    expect(currentCorrelationId()).toBeUndefined();
  });
});
