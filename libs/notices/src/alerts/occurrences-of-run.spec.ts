import { describe, expect, it } from 'vitest';
import {
  runApprovedV1,
  runAwaitingReviewV1,
  runCancelledV1,
  runCompletedV1,
  runFailedV1,
  runBegunV1,
  runOverdueV1,
  runRequestedV1,
  runSupersededV1,
  runUndoneV1,
  buildEvent,
  type RunSummary,
} from '#contracts';
import { buildRunEvent, emptySummary, namesOf, type RunEventOptions } from '#notices/testing';
import type { Raise, Settle, Tell } from './occurrence.js';
import { occurrencesOfRunFact, occurrencesOfRunOverdue } from './occurrences-of-run.js';

const contoso = namesOf('Contoso');
const owned = { organisationId: '5f6b7c1e-0000-4000-8000-000000000001', connectionId: '5f6b7c1e-0000-4000-8000-000000000002' };
const summary = {
  ...emptySummary,
  fetched: 25,
  processed: 22,
  created: 3,
  updated: 2,
  skipped: 3,
  skippedByReason: { EMAIL_CONFLICT: 1, NO_USABLE_EMAIL: 2 },
};

describe('what the facts of runs mean for notices', () => {
  it('a completed run is told with what started it, its counts, first skips, plan and undo', () => {
    const firstSkips = [{ displayName: 'Grace', code: 'NO_USABLE_EMAIL' }];
    const [told] = occurrencesOfRunFact(buildRunEvent(runCompletedV1, { ...owned, summary, firstSkips }), contoso);
    expect(told).toMatchObject({ effect: 'tell', kind: 'runFinished', severity: 'info' });
    const { content } = told as Tell;
    expect(content.title).toBe('Full sync of Contoso has completed');
    expect(Object.fromEntries(content.facts.map(({ label, value }) => [label, value]))).toEqual({
      'Started by': 'the schedule',
      Fetched: '25',
      Processed: '22',
      Changes: '3 created, 2 updated',
      Skipped: '3: The person has no usable email address (2), The email address belongs to another account (1)',
      'First skipped': 'Grace (The person has no usable email address)',
    });
    expect(content.links.map(({ path }) => path.split('/').at(-1))).toEqual([expect.any(String), 'plan', 'undo']);
  });

  it('whoever started a run by hand is named; of an undo only what it changed is counted', () => {
    const run = { kind: 'undo' as const, reason: 'MANUAL', requestedBy: 'person:a' };
    const at = { from: '2026-03-02T12:00:00.000Z', to: '2026-03-02T12:30:00.000Z' };
    const named = (actors: Record<string, string>) => {
      const event = buildRunEvent(runCompletedV1, { ...owned, summary, run: { ...run, undoes: at } });
      return (occurrencesOfRunFact(event, namesOf('Contoso', actors))[0] as Tell).content.facts;
    };
    expect(named({ 'person:a': 'Ada' })).toEqual([
      { label: 'Started by', value: 'Ada' },
      { label: 'Takes back from', value: at.from, isInstant: true },
      { label: 'Until', value: at.to, isInstant: true },
      { label: 'Changes', value: '3 created, 2 updated' },
      expect.objectContaining({ label: 'Skipped' }),
    ]);
    expect(named({})[0]).toEqual({ label: 'Started by', value: 'a person' });
  });

  it('a run of some groups says which, and which groups it could not read', () => {
    const [one, other] = ['5f6b7c1e-0000-4000-8000-0000000000a1', '5f6b7c1e-0000-4000-8000-0000000000a2'];
    const tell = (run: { groupCount: number; groupIds: string[] }) => {
      const unreadable = [{ groupId: other, code: 'GROUP_NOT_FOUND' }];
      const options = { ...owned, run: { kind: 'group' as const, ...run }, summary: { ...emptySummary, unreadable } };
      return (occurrencesOfRunFact(buildRunEvent(runCompletedV1, options), contoso)[0] as Tell).content;
    };
    expect(tell({ groupCount: 1, groupIds: [one] }).title).toBe(`Sync of ${one} of Contoso could not read 1 group`);
    const many = tell({ groupCount: 12, groupIds: [one, other] });
    expect(many.title).toBe('Sync of 12 groups of Contoso could not read 1 group');
    expect(many.facts).toContainEqual({ label: 'Groups', value: `${one}, ${other} and 10 more` });
    expect(many.facts).toContainEqual({ label: 'Unreadable groups', value: `1: ${other} (The group was not found)` });
  });

  it('a run that went on without some groups is a problem, which does not end the failing', () => {
    const ids = ['5f6b7c1e-0000-4000-8000-0000000000a1', '5f6b7c1e-0000-4000-8000-0000000000a2'];
    const unreadable = ids.map((groupId) => ({ groupId, code: 'CONSENT_MISSING' }));
    const event = buildRunEvent(runCompletedV1, { ...owned, summary: { ...emptySummary, unreadable } });
    const [told, review, raised, ...others] = occurrencesOfRunFact(event, contoso);
    expect([review?.effect, others]).toEqual(['settle', []]);
    expect(told).toMatchObject({ effect: 'tell', severity: 'problem' });
    expect(raised).toMatchObject({ effect: 'raise', kind: 'runFailed', stage: 'CONSENT_MISSING' });
    for (const { content } of [told as Tell, raised as Raise]) {
      expect(content.title).toBe('Full sync of Contoso could not read 2 groups');
      expect(content.sentences).toContain('A permission is not granted.');
      expect(content.facts).toContainEqual({ label: 'Code', value: 'CONSENT_MISSING' });
    }
  });

  it('says what came to nothing, and what came without its notification', () => {
    const counts = { ...emptySummary, failed: 2, missedNotices: 1 };
    const [told] = occurrencesOfRunFact(buildRunEvent(runCompletedV1, { ...owned, summary: counts }), contoso);
    expect((told as Tell).content.facts).toContainEqual({ label: 'Could not be changed', value: '2' });
    expect((told as Tell).content.facts).toContainEqual({ label: 'Found without their notification', value: '1' });
  });

  it('offers an undo only where somebody was changed, and leads from an undo to what it took back', () => {
    const linksOf = (summary: RunSummary, run: object = {}) => {
      const [told] = occurrencesOfRunFact(buildRunEvent(runCompletedV1, { ...owned, summary, run }), contoso);
      return (told as Tell).content.links.map(({ label }) => label);
    };
    expect(linksOf(emptySummary)).toEqual(['Open the run', 'Look at the plan']);
    expect(linksOf({ ...emptySummary, revoked: 1 })).toEqual(['Open the run', 'Look at the plan', 'Preview an undo']);
    const undo = { kind: 'undo', undoes: { runId: '5f6b7c1e-0000-4000-8000-0000000000b1' } };
    expect(linksOf({ ...emptySummary, deactivated: 1 }, undo)).toEqual([
      'Open the run',
      'Look at the plan',
      'Open the run that was taken back',
      'Preview an undo',
    ]);
  });

  it('a cancelled and a superseded run say what became of their changes', () => {
    const sentencesOf = (definition: typeof runCancelledV1 | typeof runSupersededV1) =>
      (occurrencesOfRunFact(buildRunEvent(definition, owned), contoso)[0] as Tell).content.sentences;
    expect(sentencesOf(runCancelledV1)).toEqual([
      'It changes nothing more. What it had changed before stays, and can be taken back.',
    ]);
    expect(sentencesOf(runSupersededV1)).toEqual(['Its plan was not applied: a newer run has compared everything anew.']);
  });

  it('a cancelled run says who cancelled it, or why it ended by itself, also to those who waited for its review', () => {
    const cancelled = (options: Partial<RunEventOptions>) => {
      const names = namesOf('Contoso', { 'person:a': 'Ada' });
      const [told, settled] = occurrencesOfRunFact(buildRunEvent(runCancelledV1, { ...owned, ...options }), names);
      const by = (told as Tell).content.facts.find(({ label }) => label === 'Cancelled by')?.value ?? null;
      return { by, review: (settled as Settle).sentence, sentences: (told as Tell).content.sentences };
    };
    expect(cancelled({ run: { cancelledBy: 'person:a' } })).toMatchObject({ by: 'Ada', review: 'The run was cancelled by Ada.' });
    expect(cancelled({ run: { cancelledBy: 'person:b' } }).by).toBe('a person');
    expect(cancelled({}), 'an event from before this was kept').toMatchObject({ by: null, review: 'The run was cancelled.' });
    const expired = cancelled({ error: { code: 'EXPIRED', message: 'the plan waited for 14 days without being approved' } });
    expect(expired).toMatchObject({ by: null, review: 'The run was cancelled. The plan waited too long.' });
    expect(expired.sentences).toContain('The plan waited for 14 days without being approved.');
  });

  it('a superseded run leads to the newer one', () => {
    const supersededBy = '5f6b7c1e-0000-4000-8000-0000000000c1';
    const [told] = occurrencesOfRunFact(buildRunEvent(runSupersededV1, { ...owned, run: { supersededBy } }), contoso);
    expect((told as Tell).content.links).toContainEqual({ label: 'Open the newer run', path: `/sync-runs/${supersededBy}` });
  });

  it('a plan that waits says how much it would change, and what to do', () => {
    const planned = { create: 1, deactivate: 12, grant: 1, revoke: 3, skip: 4 };
    const [raised] = occurrencesOfRunFact(buildRunEvent(runAwaitingReviewV1, { ...owned, planned }), contoso);
    const { facts, sentences } = (raised as Raise).content;
    expect(facts).toContainEqual({
      label: 'Plan',
      value: '1 to create, 12 to deactivate, 1 membership to grant, 3 memberships to revoke',
    });
    expect(sentences.at(-1)).toMatch(/^Next step: look at the plan/);
  });

  it('a failed run raises one cause per connection and kind, with the code, its meaning and the next step', () => {
    const event = buildRunEvent(runFailedV1, { ...owned, error: { code: 'CONSENT_MISSING', message: 'Group.Read.All' } });
    const raise = occurrencesOfRunFact(event, contoso).at(-1);
    expect(raise).toMatchObject({
      effect: 'raise',
      kind: 'runFailed',
      stage: 'CONSENT_MISSING',
      cause: `run-failing:${owned.connectionId}:full`,
    });
    expect((raise as Raise).content.sentences).toEqual([
      'A permission is not granted.',
      'Group.Read.All.',
      expect.stringMatching(/^Next step: In the app registration/),
    ]);
  });

  it('a completed full sync ends the failing of every kind, a completed group sync only its own', () => {
    const settled = (kind: 'full' | 'group') =>
      occurrencesOfRunFact(buildRunEvent(runCompletedV1, { ...owned, run: { kind } }), contoso)
        .filter(({ effect }) => effect === 'settle')
        .map((occurrence) => (occurrence as { cause: string }).cause.split(':'))
        .filter(([name]) => name === 'run-failing')
        .map((parts) => parts.at(-1));
    expect(settled('full')).toEqual(['full', 'group', 'problems', 'scratch', 'undo']);
    expect(settled('group')).toEqual(['group']);
  });

  it('a run that completed without taking anybody does not end the failing', () => {
    const error = { code: 'FETCHED_NONE_PROCESSED', message: 'MEMBERS_UNREADABLE' };
    const occurrences = occurrencesOfRunFact(buildRunEvent(runCompletedV1, { ...owned, error }), contoso);
    expect(occurrences[0]).toMatchObject({ effect: 'tell', severity: 'problem' });
    expect(occurrences.at(-1)).toMatchObject({ effect: 'raise', kind: 'runFailed', stage: 'FETCHED_NONE_PROCESSED' });
  });

  it('a plan that waits is raised, and settled by approval, cancellation or its end', () => {
    const run = { id: '5f6b7c1e-0000-4000-8000-00000000000a' };
    const cause = `run-review:${run.id}`;
    expect(occurrencesOfRunFact(buildRunEvent(runAwaitingReviewV1, { ...owned, run }), contoso)).toContainEqual(
      expect.objectContaining({ effect: 'raise', kind: 'toReview', cause }),
    );
    for (const definition of [runApprovedV1, runCancelledV1, runCompletedV1, runFailedV1] as const) {
      expect(occurrencesOfRunFact(buildRunEvent(definition, { ...owned, run }), contoso)).toContainEqual(
        expect.objectContaining({ effect: 'settle', cause }),
      );
    }
  });

  it('an overdue run is raised, and settled by whoever raised it: a request that nobody takes up ends nothing', () => {
    const identity = { id: 'e', source: '/rollcall/full-sync', key: owned.connectionId, time: new Date() };
    const event = buildEvent(runOverdueV1, identity, { ...owned, dueAt: '2026-01-01T02:00:00Z' });
    const [raise] = occurrencesOfRunOverdue(event, contoso);
    expect(raise).toMatchObject({ effect: 'raise', kind: 'runOverdue' });
    expect(occurrencesOfRunFact(buildRunEvent(runRequestedV1, owned), contoso)).toEqual([]);
    const begun = buildEvent(runBegunV1, identity, { ...owned, dueAt: '2026-01-01T02:00:00Z' });
    expect(occurrencesOfRunOverdue(begun, contoso)).toEqual([
      expect.objectContaining({ effect: 'settle', cause: (raise as { cause: string }).cause }),
    ]);
  });

  it('an undone run is no news: the run that undid it has told its own end', () => {
    expect(occurrencesOfRunFact(buildRunEvent(runUndoneV1, owned), contoso)).toEqual([]);
  });
});
