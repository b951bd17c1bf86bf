import { describe, expect, it } from 'vitest';
import { logFailure } from './log-failure.js';
import type { Log } from './log.js';
import type { RetryAdvice } from './retry-advice.js';

function listen() {
  const lines: [level: string, fields: object, message: string][] = [];
  const at = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message]);
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { lines, log };
}

const coded = (retry: RetryAdvice) => Object.assign(new Error('Graph asked to wait'), { code: 'THROTTLED', retry });
const nextTryAt = new Date('2026-03-01T10:00:07Z');
const fields = { connectionId: 'c', nextTryAt };

describe('the log line of a failure', () => {
  it('is calm where it was foreseen: code, reason, and when it is tried again, without a stack', () => {
    const { lines, log } = listen();
    const told = { connectionId: 'c', nextTryAt, code: 'THROTTLED', reason: 'Graph asked to wait' };
    logFailure(log, coded({ afterMs: 7_000 }), fields, 'not read');
    logFailure(log, coded('later'), fields, 'not read');
    logFailure(log, coded('never'), fields, 'not read');
    expect(lines).toEqual([
      ['info', told, 'not read'],
      ['warn', told, 'not read'],
      ['warn', told, 'not read'],
    ]);
  });

  it('is for whoever looks closely where the same was said before', () => {
    const { lines, log } = listen();
    logFailure(log, coded({ afterMs: 7_000 }), fields, 'not read', false);
    expect(lines).toMatchObject([['debug', { code: 'THROTTLED' }, 'not read']]);
  });

  it('keeps the stack of what nobody foresaw, however often it comes', () => {
    const { lines, log } = listen();
    const error = new TypeError('surprise');
    logFailure(log, error, fields, 'not read', false);
    expect(lines).toEqual([['warn', { ...fields, err: error }, 'not read']]);
  });
});
