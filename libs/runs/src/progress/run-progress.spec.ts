import { describe, expect, it } from 'vitest';
import { progressOf, type ProgressCounts } from './run-progress.js';

const counts: ProgressCounts = {
  state: 'reading',
  groups: 4,
  groupsRead: 1,
  groupsUnreadable: 1,
  pages: 11,
  membersRead: 11_000,
  compared: 0,
  expectedMembers: 100_000,
  toApply: null,
  answered: 0,
  recentMembers: 4_000,
  recentSeconds: 8,
  readingForSeconds: 40,
  applyingForSeconds: 0,
};

describe('the progress of a run', () => {
  it('tells the time left of the reading from what was known in the groups before', () => {
    expect(progressOf(counts)).toMatchObject({ perSecond: 500, secondsLeft: 178 });
  });

  it('tells the time left of applying from the people who differ', () => {
    const applying = { ...counts, state: 'applying', toApply: 1_000, answered: 100, applyingForSeconds: 2 } as const;
    expect(progressOf(applying)).toMatchObject({ perSecond: 50, secondsLeft: 18 });
  });

  it('tells a short rest in tenths: a second more or less would be a third of it', () => {
    expect(progressOf({ ...counts, membersRead: 98_275 })).toMatchObject({ secondsLeft: 3.5 });
  });

  it('says that it does not know where a group turns out larger than known', () => {
    expect(progressOf({ ...counts, expectedMembers: 3 })).toMatchObject({ perSecond: 500, secondsLeft: null });
  });

  it('has no rate before the second page: what was waited for before the first says nothing of how fast pages come', () => {
    const one = { ...counts, pages: 1, membersRead: 999, recentMembers: 0, recentSeconds: 0 };
    expect(progressOf(one)).toMatchObject({ perSecond: null, secondsLeft: null });
  });

  it('measures people who are read by their ids from the beginning', () => {
    expect(progressOf({ ...counts, pages: 0, membersRead: 100, expectedMembers: 200 })).toMatchObject({
      perSecond: 2.5,
      secondsLeft: 40,
    });
  });

  it('has no rate before anything was done, or while nobody works', () => {
    expect(progressOf({ ...counts, pages: 0, membersRead: 0 }).perSecond).toBeNull();
    expect(progressOf({ ...counts, state: 'awaitingReview', toApply: 3 }).perSecond).toBeNull();
  });
});
