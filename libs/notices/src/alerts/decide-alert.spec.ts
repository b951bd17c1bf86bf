import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_MEMBERS, CLOCK_SKEW_MS, decideAlert, isNewest, type AlertSituation, type MemberWord } from './decide-alert.js';
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
    { isRaised, changedAt: at(minute) },
  ]);
  return { openStage, members: new Map(words), wasTold: false };
}

describe('what becomes of an alert', () => {
  it('opens with the first raise and tells its stage', () => {
    expect(decideAlert(raise(1), situation(null))).toEqual({ action: 'open', told: 'holding' });
  });

  it('counts an equal raise inside and tells nobody', () => {
    const decision = decideAlert(raise(2), situation('holding', { '': [true, 1] }));
    expect(decision).toEqual({ action: 'update', isCounted: true, isNewer: true, told: null });
  });

  it('tells a new stage', () => {
    const decision = decideAlert(raise(2, { stage: 'worse' }), situation('holding', { '': [true, 1] }));
    expect(decision).toMatchObject({ action: 'update', told: 'worse' });
  });

  it('counts a late raise of another stage inside, but neither takes nor tells its stage', () => {
    const decision = decideAlert(raise(1, { stage: 'before' }), situation('holding', { '': [true, 9] }));
    expect(decision).toEqual({ action: 'update', isCounted: true, isNewer: false, told: null });
  });

  it('looks twice at what stands and finds no news', () => {
    const standing = raise(2, { isStanding: true });
    expect(decideAlert(standing, situation('holding', { '': [true, 1] }))).toEqual({ action: 'none' });
  });

  it('ends with the settling of its last raised member', () => {
    const both = situation('holding', { a: [true, 1], b: [true, 2] });
    expect(decideAlert(settle(3, 'a'), both)).toEqual({ action: 'none' });
    const last = situation('holding', { a: [false, 3], b: [true, 2] });
    expect(decideAlert(settle(4, 'b'), last)).toEqual({ action: 'resolve', told: 'resolved' });
  });

  it('ends for all members at once', () => {
    const both = situation('holding', { a: [true, 1], b: [true, 2] });
    expect(decideAlert(settle(3), both)).toEqual({ action: 'resolve', told: 'resolved' });
  });

  it('gives no all-clear where nothing is open', () => {
    expect(decideAlert(settle(1), situation(null))).toEqual({ action: 'none' });
  });

  it('stays open after a settling that is older than its raise', () => {
    expect(decideAlert(settle(1), situation('holding', { '': [true, 9] }))).toEqual({ action: 'none' });
  });

  it('does not open for a raise that is older than its settling', () => {
    expect(decideAlert(raise(1), situation(null, { '': [false, 9] }))).toEqual({ action: 'none' });
    expect(decideAlert(raise(1, { member: 'new' }), situation(null, { [ALL_MEMBERS]: [false, 9] }))).toEqual({ action: 'none' });
  });

  it('opens again for a raise after its settling', () => {
    expect(decideAlert(raise(10), situation(null, { '': [false, 9] }))).toMatchObject({ action: 'open' });
  });

  it('takes the word heard later as the newer one while clocks may differ', () => {
    const known = { isRaised: true, changedAt: at(1) };
    expect(isNewest(known, new Date(at(1).getTime() - CLOCK_SKEW_MS))).toBe(true);
    expect(isNewest(known, new Date(at(1).getTime() - CLOCK_SKEW_MS - 1))).toBe(false);
  });

  it('tells once what happened and is over', () => {
    const tell: Tell = { effect: 'tell', ...base, at: at(1), kind: 'runFinished', severity: 'info', content };
    expect(decideAlert(tell, situation(null))).toEqual({ action: 'tellOnce', told: 'finished' });
    expect(decideAlert(tell, { ...situation(null), wasTold: true })).toEqual({ action: 'none' });
  });

  it('is open exactly while the newest word on some member is a raise, in whatever order the words come', () => {
    const word = fc.record({ minute: fc.integer({ min: 0, max: 50 }), member: fc.constantFrom('a', 'b'), raises: fc.boolean() });
    const words = fc.uniqueArray(word, { selector: ({ minute }) => minute, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (list, order) => {
        const shuffled = list.map((entry) => ({ entry, rank: order.next().value as number })).sort((x, y) => x.rank - y.rank);
        const members = new Map<string, MemberWord>();
        let openStage: string | null = null;
        for (const { entry } of shuffled) {
          const occurrence = entry.raises ? raise(entry.minute, { member: entry.member }) : settle(entry.minute, entry.member);
          const decision = decideAlert(occurrence, { members, openStage, wasTold: false });
          if (decision.action === 'open') openStage = 'holding';
          if (decision.action === 'resolve') openStage = null;
          if (isNewest(members.get(entry.member), occurrence.at)) {
            members.set(entry.member, { isRaised: entry.raises, changedAt: occurrence.at });
          }
        }
        const newest = (member: string) => list.filter((e) => e.member === member).sort((x, y) => y.minute - x.minute)[0];
        const shouldBeOpen = ['a', 'b'].some((member) => newest(member)?.raises === true);
        expect(openStage !== null).toBe(shouldBeOpen);
      }),
      { numRuns: 2_000 },
    );
  });
});
