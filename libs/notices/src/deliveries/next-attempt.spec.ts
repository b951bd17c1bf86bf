import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, nextAttempt } from './next-attempt.js';

const failed = { outcome: 'failed', code: '503', text: 'later' } as const;

describe('what follows from an answer', () => {
  it('ends when it was delivered or refused', () => {
    expect(nextAttempt({ outcome: 'delivered', code: '200', text: '' }, 1, MAX_ATTEMPTS)).toEqual({ state: 'sent' });
    expect(nextAttempt({ outcome: 'refused', code: '550', text: '' }, 1, MAX_ATTEMPTS)).toEqual({ state: 'failed' });
  });

  it('waits longer after each failure, and ends after the last attempt', () => {
    const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => nextAttempt(failed, index + 1, MAX_ATTEMPTS));
    const waitsMs = waits.map((after) => (after.state === 'waiting' ? after.waitMs : 0));
    expect(waitsMs).toEqual([...waitsMs].sort((one, other) => one - other));
    expect(waitsMs[0]).toBe(5_000);
    expect(nextAttempt(failed, MAX_ATTEMPTS, MAX_ATTEMPTS)).toEqual({ state: 'failed' });
  });

  it('honours a longer wait that the other side names, up to twelve hours', () => {
    expect(nextAttempt({ ...failed, afterMs: 60_000 }, 1, MAX_ATTEMPTS)).toEqual({ state: 'waiting', waitMs: 60_000 });
    expect(nextAttempt({ ...failed, afterMs: 1 }, 1, MAX_ATTEMPTS)).toEqual({ state: 'waiting', waitMs: 5_000 });
    expect(nextAttempt({ ...failed, afterMs: 1e12 }, 1, MAX_ATTEMPTS)).toEqual({ state: 'waiting', waitMs: 43_200_000 });
  });
});
