import { describe, expect, it } from 'vitest';
import { staleKeysOf } from './stale-keys.js';

describe('staleKeysOf', () => {
  it('renews people, activity and held changes after an effect', () => {
    expect(staleKeysOf('rollcall.account.created')).toContain('accounts');
    expect(staleKeysOf('rollcall.membership.held')).toContain('held');
  });

  it('renews the runs after a fact about one', () => {
    expect(staleKeysOf('rollcall.run.completed')).toContain('runs');
    expect(staleKeysOf('rollcall.run.progressed')).toEqual(['runs']);
  });

  it('leaves everything as it is after an event of a newer version', () => {
    expect(staleKeysOf('rollcall.moon.risen')).toEqual([]);
  });
});
