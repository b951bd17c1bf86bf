import { describe, expect, it } from 'vitest';
import type { RetryAdvice } from '#contracts';
import { judgeReadFailure } from './judge-read-failure.js';

function failure(code: string, retry: RetryAdvice): Error {
  return Object.assign(new Error(`failed with ${code}`), { code, retry });
}

describe('what a failed read of a group means', () => {
  it.each(['GROUP_NOT_FOUND', 'CONSENT_MISSING', 'ACCESS_BLOCKED', 'GRAPH_REJECTED'])(
    'leaves the group out on %s (invariant 4)',
    (code) => {
      expect(judgeReadFailure(failure(code, 'never'), 0)).toEqual({ kind: 'group', code });
    },
  );

  it.each(['SECRET_INVALID', 'SECRET_EXPIRED', 'APP_NOT_FOUND', 'TENANT_NOT_FOUND'])(
    'ends the run on %s: no group can be read',
    (code) => {
      expect(judgeReadFailure(failure(code, 'never'), 0)).toMatchObject({ kind: 'run', code });
    },
  );

  it('waits as long as Graph asks, however often', () => {
    expect(judgeReadFailure(failure('THROTTLED', { afterMs: 600_000 }), 99)).toMatchObject({
      kind: 'wait',
      delayMs: 600_000,
      isAsked: true,
    });
  });

  it('backs off on what passes by itself, then leaves the group out and goes on with the others', () => {
    const away = failure('GRAPH_UNAVAILABLE', 'later');
    const delays = [0, 1, 2, 3, 4].map((attempts) => judgeReadFailure(away, attempts));
    expect(delays).toEqual(
      [2_000, 4_000, 8_000, 16_000, 32_000].map((delayMs) => ({
        kind: 'wait',
        code: 'GRAPH_UNAVAILABLE',
        delayMs,
        isAsked: false,
      })),
    );
    expect(judgeReadFailure(away, 5)).toEqual({ kind: 'group', code: 'GRAPH_UNAVAILABLE' });
  });

  it('leaves alone what is no failure of the read', () => {
    expect(judgeReadFailure(new Error('connection terminated'), 0)).toBeNull();
  });
});
