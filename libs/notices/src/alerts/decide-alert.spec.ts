import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_MEMBERS,
  CLOCK_SKEW_MS,
  decideAlert,
  isNewest,
  newestWords,
  type AlertSituation,
  type FactPlace,
  type MemberWord,
} from './decide-alert.js';
import type { Raise, Settle, Tell } from './occurrence.js';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const base = { organisationId: 'o', connectionId: 'c', cause: 'guard:c' } as const;
const content = { title: 'The guard holds', sentences: [], facts: [], links: [] };

function raise(minute: number, overrides: Partial<Raise> = {}): Raise {
  const fixed = { effect: 'raise', kind: 'guardHolding', stage: 'holding', isUrgent: true, isStanding: false } as const;
  return { ...base, ...fixed, at: at(minute), member: '', content, ...overrides };
}

function settle(minute: number, member: string | null = null): Settle {
  return { effect: 'settle', ...base, at: at(minute), member, sentence: 'It is over.' };
}

function situation(openStage: string | null, members: Record<string, [boolean, number]> = {}): AlertSituation {
  const words = Object.entries(members).map(([name, [isRaised, minute]]): [string, MemberWord] => [
    name,
    { isRaised, changedAt: at(minute), place: null },
  ]);
  return { openStage, members: new Map(words), wasTold: false };
}

describe('what becomes of an alert', () => {
  it('opens with the first raise and tells its stage', () => {
    expect(decideAlert(raise(1), null, situation(null))).toEqual({ action: 'open', told: 'holding' });
  });

  it('counts an equal raise inside and tells nobody', () => {
    const decision = decideAlert(raise(2), null, situation('holding', { '': [true, 1] }));
    expect(decision).toEqual({ action: 'update', isCounted: true, isNewer: true, told: null });
  });

  it('tells a new stage', () => {
    const decision = decideAlert(raise(2, { stage: 'worse' }), null, situation('holding', { '': [true, 1] }));
    expect(decision).toMatchObject({ action: 'update', told: 'worse' });
  });

  it('counts a late raise of another stage inside, but neither takes nor tells its stage', () => {
    const decision = decideAlert(raise(1, { stage: 'before' }), null, situation('holding', { '': [true, 9] }));
    expect(decision).toEqual({ action: 'update', isCounted: true, isNewer: false, told: null });
  });

  it('looks twice at what stands and finds no news', () => {
    const standing = raise(2, { isStanding: true });
    expect(decideAlert(standing, null, situation('holding', { '': [true, 1] }))).toEqual({ action: 'none' });
  });

  it('ends with the settling of its last raised member', () => {
    const both = situation('holding', { a: [true, 1], b: [true, 2] });
    expect(decideAlert(settle(3, 'a'), null, both)).toEqual({ action: 'none' });
    const last = situation('holding', { a: [false, 3], b: [true, 2] });
    expect(decideAlert(settle(4, 'b'), null, last)).toEqual({ action: 'resolve', told: 'resolved' });
  });

  it('ends for all members at once', () => {
    const both = situation('holding', { a: [true, 1], b: [true, 2] });
    expect(decideAlert(settle(3), null, both)).toEqual({ action: 'resolve', told: 'resolved' });
  });

  it('gives no all-clear where nothing is open', () => {
    expect(decideAlert(settle(1), null, situation(null))).toEqual({ action: 'none' });
  });

  it('stays open after a settling that is older than its raise', () => {
    expect(decideAlert(settle(1), null, situation('holding', { '': [true, 9] }))).toEqual({ action: 'none' });
  });

  it('does not open for a raise that is older than its settling', () => {
    expect(decideAlert(raise(1), null, situation(null, { '': [false, 9] }))).toEqual({ action: 'none' });
    expect(decideAlert(raise(1, { member: 'new' }), null, situation(null, { [ALL_MEMBERS]: [false, 9] }))).toEqual({
      action: 'none',
    });
  });

  it('opens again for a raise after its settling', () => {
    expect(decideAlert(raise(10), null, situation(null, { '': [false, 9] }))).toMatchObject({ action: 'open' });
  });

  describe('while clocks may differ', () => {
    const known = (place: FactPlace | null): MemberWord => ({ isRaised: true, changedAt: at(1), place });
    const word = (ms: number, place: FactPlace | null) => ({ changedAt: new Date(at(1).getTime() + ms), place });
    const log = (offset: number, name = 'connections.v1/3') => ({ log: name, offset });

    it('takes the word that comes later in the log as the newer one, whatever the clocks say', () => {
      expect(isNewest(known(log(7)), word(-CLOCK_SKEW_MS, log(8)))).toBe(true);
      expect(isNewest(known(log(7)), word(CLOCK_SKEW_MS, log(6)))).toBe(false);
      expect(isNewest(known(log(7)), word(-CLOCK_SKEW_MS - 1, log(8)))).toBe(false);
      expect(isNewest(known(log(7)), word(CLOCK_SKEW_MS + 1, log(6))), 'a log that was made anew counts from 0').toBe(true);
    });

    it('takes the word heard later as the newer one where no log tells', () => {
      for (const place of [null, log(6, 'sync.runs.v1/3')]) {
        expect(isNewest(known(log(7)), word(-CLOCK_SKEW_MS, place))).toBe(true);
        expect(isNewest(known(log(7)), word(-CLOCK_SKEW_MS - 1, place))).toBe(false);
      }
      expect(isNewest(known(null), word(-CLOCK_SKEW_MS, log(1)))).toBe(true);
    });
  });

  it('tells once what happened and is over', () => {
    const tell: Tell = { effect: 'tell', ...base, at: at(1), kind: 'runFinished', severity: 'info', content };
    expect(decideAlert(tell, null, situation(null))).toEqual({ action: 'tellOnce', told: 'finished' });
    expect(decideAlert(tell, null, { ...situation(null), wasTold: true })).toEqual({ action: 'none' });
  });

  it('is open exactly while the newest word on some member is a raise, in whatever order the words come', () => {
    const word = fc.record({
      second: fc.integer({ min: 0, max: 50 }),
      clockMs: fc.integer({ min: -2_000, max: 2_000 }),
      member: fc.constantFrom('a', 'b', null),
      raises: fc.boolean(),
    });
    const words = fc.uniqueArray(word, { selector: ({ second }) => second, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (list, order) => {
        const shuffled = list.map((entry) => ({ entry, rank: order.next().value as number })).sort((x, y) => x.rank - y.rank);
        const members = new Map<string, MemberWord>();
        let openStage: string | null = null;
        for (const { entry } of shuffled) {
          const { second, clockMs, member, raises } = entry;
          const instant = new Date(at(0).getTime() + second * 1_000 + clockMs);
          const place = { log: 'connections.v1/3', offset: second };
          // What is told of all members at once is an end.
          const isRaised = raises && member !== null;
          const occurrence = isRaised ? raise(0, { member, at: instant }) : { ...settle(0, member), at: instant };
          const decision = decideAlert(occurrence, place, { members, openStage, wasTold: false });
          if (decision.action === 'open') openStage = 'holding';
          if (decision.action === 'resolve') openStage = null;
          const named = member === null ? [...members.keys(), ALL_MEMBERS] : [member];
          const newest = newestWords(members, named, { isRaised, changedAt: instant, place });
          for (const [name, newestWord] of newest) members.set(name, newestWord);
        }
        const isRaisedLast = (name: string) => {
          const last = list.filter(({ member }) => member === name || member === null).sort((x, y) => y.second - x.second)[0];
          return last?.member === name && last.raises;
        };
        expect(openStage !== null).toBe(isRaisedLast('a') || isRaisedLast('b'));
      }),
      { numRuns: 2_000 },
    );
  });
});
