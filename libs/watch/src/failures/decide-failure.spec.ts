import { describe, expect, it } from 'vitest';
import { LeaseLostError } from '#database';
import { ConsentMissingError, DeltaExpiredError, GraphUnavailableError, SecretExpiredError, ThrottledError } from '#graph-client';
import { BLOCKED_RETRY_MS, decideFailure } from './decide-failure.js';

const facts = { operation: 'groups.delta' };

describe('decideFailure', () => {
  it('lets a whole connection wait as long as Graph asked', () => {
    expect(decideFailure(new ThrottledError('wait', facts, 7_000), 0, 0)).toEqual({
      kind: 'blockConnection',
      code: 'THROTTLED',
      waitMs: 7_000,
    });
  });

  it('tries a connection again within a minute of what an admin can mend', () => {
    for (const error of [new SecretExpiredError('x', facts), new ConsentMissingError('x', facts, 'Group.Read.All')]) {
      expect(decideFailure(error, 5, 0)).toEqual({ kind: 'blockConnection', code: error.code, waitMs: BLOCKED_RETRY_MS });
    }
    expect(BLOCKED_RETRY_MS).toBeLessThan(60_000);
  });

  it('begins anew when the delta link has expired', () => {
    expect(decideFailure(new DeltaExpiredError('x', facts, null), 0, 0)).toEqual({ kind: 'reset' });
  });

  it('waits longer after each failure of Graph, up to a minute, never in step with others', () => {
    const wait = (failures: number, random: number) => decideFailure(new GraphUnavailableError('x', facts), failures, random);
    expect(wait(0, 0)).toMatchObject({ kind: 'retryLater', waitMs: 500 });
    expect(wait(3, 0.999)).toMatchObject({ waitMs: 7_996 });
    expect(wait(50, 0)).toMatchObject({ waitMs: 30_000 });
  });

  it('writes nothing down when the lease was lost', () => {
    expect(decideFailure(new LeaseLostError('chain'), 0, 0)).toEqual({ kind: 'abandon' });
  });

  it('treats an error that it does not know as transient', () => {
    expect(decideFailure(new Error('surprise'), 0, 0)).toMatchObject({ kind: 'retryLater', code: 'INTERNAL_ERROR' });
  });
});
