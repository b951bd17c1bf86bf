import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RetryAdvice } from '#contracts';
import { classifyFailure, namedDelayMs } from './classify-failure.js';

class Advised extends Error {
  readonly code = 'ADVISED';
  constructor(readonly retry: RetryAdvice) {
    super('advised');
  }
}

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('classifyFailure', () => {
  it.each([
    ['a bug', new TypeError('x is undefined'), 'redeliver'],
    ['what is thrown but no error', 'text', 'redeliver'],
    ['nothing at all', undefined, 'redeliver'],
    ['advice: later', new Advised('later'), 'redeliver'],
    ['advice: never', new Advised('never'), 'dead-letter'],
    ['advice: after a named wait', new Advised({ afterMs: 7 }), 'delay'],
    ['a contract that is broken', new z.ZodError([]), 'dead-letter'],
    ['a refused connection', withCode('ECONNREFUSED'), 'delay'],
    ['a server that shuts down', withCode('57P01'), 'delay'],
    ['a full disk', withCode('53100'), 'delay'],
    ['a standby that only reads', withCode('25006'), 'delay'],
    ['a deadlock', withCode('40P01'), 'redeliver'],
    ['a broken constraint', withCode('23505'), 'redeliver'],
    ['a driver error inside TypeORM', new QueryFailedError('SELECT 1', [], withCode('57P03')), 'delay'],
    ['an engine failure as cause', new Error('while saving', { cause: withCode('53200') }), 'delay'],
    ['a broker that is away', Object.assign(new Error('no broker'), { name: 'KafkaJSConnectionError' }), 'delay'],
  ])('%s', (_, error, expected) => {
    expect(classifyFailure(error)).toBe(expected);
  });

  it('takes the wait that the failure names', () => {
    expect(namedDelayMs(new Advised({ afterMs: 7 }))).toBe(7);
    expect(namedDelayMs(new Advised('later'))).toBeUndefined();
  });
});
