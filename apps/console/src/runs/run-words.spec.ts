import { describe, expect, it } from 'vitest';
import type { RunSummary, SyncRun } from '../api/types.js';
import { canBeUndone, progressSentence, progressShare, runSentence, runTitle, summarySentence } from './run-words.js';

const summary: RunSummary = {
  fetched: 25,
  processed: 25,
  created: 3,
  updated: 2,
  deactivated: 0,
  reactivated: 0,
  granted: 3,
  revoked: 0,
  unchanged: 20,
  skipped: 0,
  stale: 0,
  held: 0,
  skippedByReason: {},
  unreadable: [],
  graphRequests: 4,
  durationMs: 900,
};

const progress: SyncRun['progress'] = {
  groups: { total: 4, read: 1, unreadable: 0 },
  pages: 1,
  membersRead: 25,
  compared: 0,
  toApply: null,
  applied: 0,
  perSecond: 50,
  secondsLeft: 90,
};

describe('summarySentence', () => {
  it('says fetched, processed and what changed', () => {
    expect(summarySentence('full', summary)).toBe(
      '25 people fetched, 25 processed: 3 created, 2 updated, 3 memberships granted.',
    );
    expect(summarySentence('full', { ...summary, created: 0, updated: 0, granted: 0 })).toContain('nothing to change');
  });

  it('calls a change what changes memberships alone', () => {
    expect(summarySentence('group', { ...summary, created: 0, updated: 0, granted: 0, revoked: 1 })).toBe(
      '25 people fetched, 25 processed: 1 membership revoked.',
    );
  });

  it('does not say of an undo that nobody was fetched', () => {
    const undone = { ...summary, fetched: 0, processed: 0, created: 0, updated: 0, granted: 0 };
    expect(summarySentence('undo', { ...undone, deactivated: 3, revoked: 3 })).toBe(
      'Taken back: 3 deactivated, 3 memberships revoked.',
    );
    expect(summarySentence('undo', undone)).toBe('Nothing was left to take back.');
  });
});

describe('runTitle', () => {
  const nameOf = () => 'Sales';

  it('says what ran, and of what', () => {
    expect(runTitle({ kind: 'full', groupIds: null }, 'Contoso', nameOf)).toBe('Full sync of Contoso');
    expect(runTitle({ kind: 'scratch', groupIds: null }, 'Contoso', nameOf)).toBe('Full sync from scratch of Contoso');
    expect(runTitle({ kind: 'undo', groupIds: null }, 'Contoso', nameOf)).toBe('Undo in Contoso');
  });

  it('names the one group, or says how many', () => {
    expect(runTitle({ kind: 'group', groupIds: ['a'] }, 'Contoso', nameOf)).toBe('Sync of Sales of Contoso');
    expect(runTitle({ kind: 'group', groupIds: ['a', 'b'] }, 'Contoso', nameOf)).toBe('Sync of 2 groups of Contoso');
    expect(runTitle({ kind: 'group', groupIds: null }, 'Contoso', nameOf)).toBe('Sync of a group of Contoso');
  });
});

describe('progressSentence', () => {
  it('says how far, how fast and how long', () => {
    expect(progressSentence({ state: 'reading', progress, waiting: null })).toBe(
      '1 of 4 groups, 25 people read, 50 a second, about 1 min 30 s left',
    );
  });

  it('says what it waits for, and that nobody has to do anything', () => {
    const standing = { ...progress, perSecond: null, secondsLeft: null };
    const waiting = { code: 'THROTTLED', until: '2026-03-01T10:00:00.000Z' };
    expect(progressSentence({ state: 'reading', progress: standing, waiting })).toMatch(
      /^1 of 4 groups, 25 people read\. Microsoft Graph asked to wait; it goes on by itself at .*2026/,
    );
    expect(
      progressSentence({ state: 'approved', progress: standing, waiting: { ...waiting, code: 'GRAPH_UNAVAILABLE' } }),
    ).toContain('does not answer (GRAPH_UNAVAILABLE)');
    expect(
      progressSentence({ state: 'comparing', progress: standing, waiting: { ...waiting, code: 'STILL_BEING_APPLIED' } }),
    ).toContain('What was published before is still being applied; it goes on by itself');
  });

  it('counts people while they are changed, and while they wait for a review', () => {
    const planned = { ...progress, toApply: 1_200, applied: 300, perSecond: null, secondsLeft: null };
    expect(progressSentence({ state: 'applying', progress: planned, waiting: null })).toBe('300 of 1,200 people done');
    expect(progressSentence({ state: 'awaitingReview', progress: planned, waiting: null })).toBe('1,200 people in the plan');
  });

  it('has no share while nobody can say', () => {
    expect(progressShare({ state: 'reading', progress })).toBe(0.25);
    expect(progressShare({ state: 'applying', progress })).toBeUndefined();
  });
});

describe('canBeUndone', () => {
  it('is every run that has ended and applied something, and still stands', () => {
    const undoable = (run: Partial<Parameters<typeof canBeUndone>[0]>) =>
      canBeUndone({ state: 'completed', summary, undone: false, ...run });
    expect(undoable({})).toBe(true);
    expect(undoable({ undone: true })).toBe(false);
    expect([undoable({ state: 'cancelled' }), undoable({ state: 'failed' })]).toEqual([true, true]);
    expect(undoable({ state: 'cancelled', summary: null }), 'it had applied nothing').toBe(false);
    expect(undoable({ summary: { ...summary, created: 0, updated: 0, granted: 0 } }), 'it changed nobody').toBe(false);
    expect(undoable({ state: 'applying' })).toBe(false);
  });
});

describe('runSentence', () => {
  it('is empty where the name of the state says it all', () => {
    expect(runSentence({ kind: 'full', state: 'requested', progress, summary: null, waiting: null })).toBe('');
    expect(runSentence({ kind: 'full', state: 'reading', progress, summary: null, waiting: null })).toContain('1 of 4 groups');
    expect(runSentence({ kind: 'full', state: 'completed', progress, summary, waiting: null })).toContain('25 people fetched');
  });
});
