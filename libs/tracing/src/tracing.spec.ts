import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog, type Log } from '#contracts';
import { OtlpReceiver } from '#tracing/testing';
import { isTracing } from './is-tracing.js';
import { currentSpan, inSpan, openSpan } from './span.js';
import { startTracing } from './start-tracing.js';
import { currentTraceIds, currentTraceparent } from './traceparent.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function traced(log: Log = silentLog, serviceName?: string) {
  const receiver = await OtlpReceiver.start();
  cleanUps.push(() => receiver.stop());
  const tracing = await startTracing({ service: 'subscription', endpoint: receiver.endpoint, serviceName, log });
  cleanUps.push(() => tracing.stop());
  return { receiver, tracing };
}

describe('tracing that is off', () => {
  it('costs nothing: no ids, no spans, and the work is just done', async () => {
    await startTracing({ service: 'subscription', endpoint: undefined, log: silentLog });
    expect(isTracing()).toBe(false);
    const seen = await inSpan('work', { parent: null, attributes: { a: 1 } }, async (span) => [
      span.traceparent,
      currentTraceparent(),
    ]);
    expect(seen).toEqual([null, null]);
    expect(currentTraceIds()).toBeUndefined();
    expect(openSpan('other')).toBe(currentSpan());
  });
});

describe('tracing', () => {
  it('goes on in another place from the text that was written down', async () => {
    const { receiver, tracing } = await traced();
    let carried: string | null = null;
    await inSpan('first', {}, async () => {
      await pause(1);
      carried = currentTraceparent();
    });
    expect(carried).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(currentTraceparent()).toBeNull();
    await inSpan('second', { kind: 'consumer', parent: carried }, async () => inSpan('third', {}, async () => undefined));
    await tracing.stop();
    const [first, third, second] = receiver.spans;
    expect(second).toMatchObject({ name: 'second', kind: 'consumer', traceId: first?.traceId, parentSpanId: first?.spanId });
    expect(third).toMatchObject({ name: 'third', kind: 'internal', parentSpanId: second?.spanId });
    expect(first).toMatchObject({ service: 'rollcall-subscription', parentSpanId: '' });
  });

  it('begins anew where there was nothing, or nothing that is a traceparent, also inside of other work', async () => {
    const { receiver, tracing } = await traced();
    await inSpan('outer', {}, async () => {
      await inSpan('a', { parent: null }, async () => undefined);
      await inSpan('b', { parent: 'not a traceparent' }, async () => undefined);
    });
    await tracing.stop();
    expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(3);
  });

  it('keeps of an error its code, and nothing of its message (invariant 10)', async () => {
    const { receiver, tracing } = await traced();
    const failure = Object.assign(new Error('ann@contoso.com is taken'), { code: 'EMAIL_CONFLICT' });
    await expect(inSpan('work', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    await tracing.stop();
    expect(receiver.spans).toMatchObject([{ failed: true, attributes: { 'error.type': 'EMAIL_CONFLICT' } }]);
    expect(JSON.stringify(receiver.spans)).not.toContain('contoso');
  });

  it('adds up what is counted, links each other trace once, and leaves out what is unknown', async () => {
    const { receiver, tracing } = await traced();
    const others = [1, 2].map(() => openSpan('other', { parent: null }));
    const texts = others.map(({ traceparent }) => traceparent);
    await inSpan('work', { links: [...texts, ...texts, null] }, async () => {
      currentSpan().count({ people: 2 });
      currentSpan().count({ people: 3 });
      currentSpan().note({ known: 'yes', unknown: undefined, none: null });
    });
    await tracing.stop();
    const [work] = receiver.spans;
    expect(work?.attributes).toEqual({ people: 5, known: 'yes' });
    expect(work?.links).toHaveLength(2);
  });

  it('takes another name for the service', async () => {
    const { receiver, tracing } = await traced(silentLog, 'identity-sync');
    await inSpan('work', {}, async () => undefined);
    await tracing.stop();
    expect(receiver.spans[0]?.service).toBe('identity-sync');
  });
});

describe('a receiver that takes nothing', () => {
  it('is said once, and once that it takes spans again; the work does not notice', async () => {
    const said: string[] = [];
    const log: Log = {
      ...silentLog,
      warn: (_fields, message) => void said.push(message),
      info: (_fields, message) => void said.push(message),
    };
    const { receiver, tracing } = await traced(log);
    receiver.status = 400;
    // A full batch goes out at once, without waiting for the timer.
    const work = async () => {
      for (let index = 0; index < 512; index += 1) await inSpan('work', {}, async () => undefined);
    };
    await work();
    await expect.poll(() => receiver.requests).toBe(1);
    await work();
    await expect.poll(() => receiver.requests).toBe(2);
    expect(said).toEqual(['the receiver of traces takes no spans; they are dropped until it does']);
    receiver.status = 200;
    await work();
    await expect.poll(() => said.slice(1)).toEqual(['the receiver of traces takes spans again']);
    expect(receiver.spans).toHaveLength(512);
    await tracing.stop();
  });

  it('does not keep a process from ending, also where it never answers', { timeout: 8_000 }, async () => {
    const { receiver, tracing } = await traced();
    receiver.status = null;
    await inSpan('work', {}, async () => undefined);
    await tracing.stop();
    expect(receiver.requests).toBe(1);
    expect(isTracing()).toBe(false);
  });
});
