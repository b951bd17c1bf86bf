import { describe, expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { inSpan, startTracing } from '#tracing';
import { OtlpReceiver } from '#tracing/testing';
import { createLog } from './log.js';

function listen() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  return { lines, log };
}

describe('a log line', () => {
  it('names the trace in which it was written, and nothing of the kind without one', async () => {
    const receiver = await OtlpReceiver.start();
    const tracing = await startTracing({ service: 'test', endpoint: receiver.endpoint, log: silentLog });
    const { lines, log } = listen();
    log.info({}, 'outside');
    await inSpan('work', {}, async () => log.info({ correlationId: 'of the request' }, 'inside'));
    await tracing.stop();
    await receiver.stop();
    const [span] = receiver.spans;
    expect(lines[0]).not.toHaveProperty('trace_id');
    expect(lines[1]).toMatchObject({ trace_id: span?.traceId, span_id: span?.spanId, correlationId: 'of the request' });
  });

  it('holds no secret, wherever it stands in the fields (invariant 10)', () => {
    const { lines, log } = listen();
    log.info({ clientSecret: 'abc', request: { headers: { authorization: 'Bearer abc' } } }, 'asked');
    expect(JSON.stringify(lines)).not.toContain('abc');
  });
});
