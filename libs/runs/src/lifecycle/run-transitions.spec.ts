import { runStates, type RunState } from '#contracts';
import { describe, expect, it } from 'vitest';
import { hasEnded, LIVE_STATES, nextRunState, statesBefore } from './run-transitions.js';

describe('the states of a run', () => {
  it('leads an automatic run from requested to completed', () => {
    const steps = ['begin', 'compare', 'approve', 'apply', 'complete'] as const;
    const end = steps.reduce<RunState | null>((state, step) => (state === null ? null : nextRunState(state, step)), 'requested');
    expect(end).toBe('completed');
  });

  it('applies nothing that was not approved', () => {
    expect(statesBefore('apply')).toEqual(['approved']);
    expect(statesBefore('approve')).toEqual(['comparing', 'awaitingReview']);
  });

  it('supersedes only a plan that waits', () => {
    expect(statesBefore('supersede')).toEqual(['awaitingReview']);
  });

  it('hands back to a person only what a person had approved, before anything of it is applied', () => {
    expect(statesBefore('handBack')).toEqual(['approved']);
    expect(nextRunState('approved', 'handBack')).toBe('awaitingReview');
  });

  it('lets every run that has not ended be cancelled, and none that has', () => {
    const living = runStates.filter((state) => !hasEnded(state));
    expect(statesBefore('cancel')).toEqual(living);
  });

  it('counts every unended state as live except the one that waits for a person', () => {
    expect([...LIVE_STATES, 'awaitingReview'].sort()).toEqual(runStates.filter((state) => !hasEnded(state)).sort());
  });

  it('reaches every state from requested', () => {
    const steps = ['begin', 'compare', 'review', 'approve', 'apply', 'complete', 'fail', 'cancel', 'supersede'] as const;
    const reached = new Set<string>(['requested']);
    for (let round = 0; round < runStates.length; round += 1) {
      for (const state of runStates.filter((one) => reached.has(one))) {
        for (const step of steps) reached.add(nextRunState(state, step) ?? state);
      }
    }
    expect([...reached].sort()).toEqual([...runStates].sort());
  });
});
