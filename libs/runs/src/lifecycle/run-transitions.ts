import type { RunState } from '#contracts';

/** What may happen to a run, and the state it leads to. Whatever is not listed cannot happen. */
const TRANSITIONS = {
  requested: { begin: 'reading', fail: 'failed', cancel: 'cancelled' },
  reading: { compare: 'comparing', fail: 'failed', cancel: 'cancelled' },
  comparing: { review: 'awaitingReview', approve: 'approved', fail: 'failed', cancel: 'cancelled' },
  awaitingReview: { approve: 'approved', supersede: 'superseded', cancel: 'cancelled' },
  approved: { apply: 'applying', handBack: 'awaitingReview', fail: 'failed', cancel: 'cancelled' },
  applying: { complete: 'completed', fail: 'failed', cancel: 'cancelled' },
  completed: {},
  failed: {},
  cancelled: {},
  superseded: {},
} as const satisfies Record<RunState, Partial<Record<string, RunState>>>;

type Keys<Union> = Union extends unknown ? keyof Union : never;
export type RunStep = Keys<(typeof TRANSITIONS)[RunState]>;

/** The state after the step, or null where the run in this state cannot take it. */
export function nextRunState(state: RunState, step: RunStep): RunState | null {
  const steps: Partial<Record<RunStep, RunState>> = TRANSITIONS[state];
  return steps[step] ?? null;
}

/** The states from which the step leads somewhere: what a conditional UPDATE may find. */
export function statesBefore(step: RunStep): RunState[] {
  return (Object.keys(TRANSITIONS) as RunState[]).filter((state) => nextRunState(state, step) !== null);
}

/** One at a time for each connection: the partial unique index of `sync_runs` names the same states. */
export const LIVE_STATES: readonly RunState[] = ['requested', 'reading', 'comparing', 'approved', 'applying'];

export function hasEnded(state: RunState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}
