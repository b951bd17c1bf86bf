import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EffectWish } from '../decisions/effect-wish.js';
import { judgeRemovals, MIN_LIMIT, removalLimit, type ScopeCounts } from './judge-removals.js';

const leave = (person: number, groupId = 'g'): EffectWish => ({
  connectionId: 'c',
  entraObjectId: String(person),
  action: 'revoke',
  groupId,
  code: 'NOT_IN_SCOPE',
  losesGroups: [groupId],
  losesAccount: true,
  isInScope: true,
  follows: false,
});
const leavers = (count: number, groupId?: string) => Array.from({ length: count }, (_, person) => leave(person, groupId));
const counts = (inScope: number, lostBefore = 0): ScopeCounts => ({
  inScope,
  lostBefore,
  lostAlready: new Set(),
  lostAndGone: lostBefore,
});
const limits = { maxRemovals: 500, maxRemovalPercent: 20 };

describe('removalLimit', () => {
  it.each([
    [limits, 40, 10],
    [limits, 1_000, 200],
    [limits, 10_000, 500],
    [{ maxRemovals: null, maxRemovalPercent: 20 }, 10_000, 2_000],
    [{ maxRemovals: 500, maxRemovalPercent: null }, 20, 500],
    [{ maxRemovals: null, maxRemovalPercent: null }, 20, null],
  ])('of %j for %i people is %s', (given, base, expected) => {
    expect(removalLimit(given, base)).toBe(expected);
  });
});

describe('judgeRemovals (invariant 5)', () => {
  it('lets ten go whatever the percentage says', () => {
    expect(judgeRemovals(leavers(10), () => counts(20), limits).held.size).toBe(0);
    expect(judgeRemovals(leavers(11), () => counts(20), limits).held.size).toBe(11);
  });

  it('counts what the window lost before', () => {
    expect(judgeRemovals(leavers(1), () => counts(30, 10), limits).trips).toEqual([
      { groupId: 'g', code: 'GUARD_TRIPPED', lost: 11, base: 40, allowed: 10 },
    ]);
  });

  it('counts somebody lost a second time inside the window once', () => {
    const again = { ...counts(40, 9), lostAlready: new Set(['c/0']) };
    expect(judgeRemovals(leavers(1), () => again, limits).held.size).toBe(0);
  });

  it('holds one group only, where only that one is past its limit', () => {
    const removals = [...leavers(11, 'small'), ...Array.from({ length: 5 }, (_, n) => leave(100 + n, 'large'))];
    const verdict = judgeRemovals(removals, (groupId) => counts(groupId === 'small' ? 20 : 1_000), limits);
    expect(verdict.trips.map(({ groupId }) => groupId)).toEqual(['small']);
    expect(verdict.held.size).toBe(11);
  });

  it('holds everything, where the connection as a whole is past its limit', () => {
    const removals = Array.from({ length: 16 }, (_, n) => leave(n, `g${n % 4}`));
    const verdict = judgeRemovals(removals, (groupId) => counts(groupId === null ? 60 : 15), limits);
    expect(verdict.trips).toMatchObject([{ groupId: null, code: 'GUARD_TRIPPED' }]);
    expect(verdict.held.size).toBe(16);
  });

  it('never empties a scope of three or more, also without bounds', () => {
    const free = { maxRemovals: null, maxRemovalPercent: null };
    expect(judgeRemovals(leavers(3), () => counts(3), free).trips).toMatchObject([{ code: 'GUARD_WOULD_EMPTY' }]);
    expect(judgeRemovals(leavers(2), () => counts(2), free).held.size).toBe(0);
    expect(judgeRemovals(leavers(1), () => counts(1, 2), free).held.size).toBe(1);
  });

  it('never lets more than the limit go, however the removals fall', () => {
    const groups = fc.constantFrom('a', 'b', 'c');
    const removals = fc.uniqueArray(fc.record({ person: fc.nat(60), groupId: groups }), {
      maxLength: 60,
      selector: ({ person, groupId }) => `${person}${groupId}`,
    });
    fc.assert(
      fc.property(removals, fc.nat(20), (some, lostBefore) => {
        const wishes = some.map(({ person, groupId }) => leave(person, groupId));
        const { held } = judgeRemovals(wishes, () => counts(100, lostBefore), { maxRemovals: 12, maxRemovalPercent: null });
        const gone = new Set(
          wishes
            .filter((wish) => !held.has(`c/${wish.entraObjectId}/revoke/${wish.groupId}`))
            .map(({ entraObjectId }) => entraObjectId),
        );
        expect(gone.size === 0 || lostBefore + gone.size <= Math.max(MIN_LIMIT, 12)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
