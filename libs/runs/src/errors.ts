import type { RetryAdvice, RunState } from '#contracts';

/** The connection has another live run that does not do what was asked; `runId` is that run. */
export class RunInProgressError extends Error {
  readonly code = 'RUN_IN_PROGRESS';
  readonly retry: RetryAdvice = 'later';
  constructor(readonly runId: string) {
    super(`run ${runId} of this connection is in progress`);
    this.name = 'RunInProgressError';
  }
}

/** The plan is not the one that was shown: approve again with the hash of the plan as it is now. */
export class PlanStaleError extends Error {
  readonly code = 'PLAN_STALE';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly runId: string,
    readonly planHash: string | null,
  ) {
    super(`the plan of run ${runId} has changed since it was shown`);
    this.name = 'PlanStaleError';
  }
}

export class RunNotFoundError extends Error {
  readonly code = 'NOT_FOUND';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly object: string) {
    super(`${object} does not exist`);
    this.name = 'RunNotFoundError';
  }
}

/** The run's state does not allow what was asked. */
export class RunStateError extends Error {
  readonly code = 'CONFLICT';
  readonly retry: RetryAdvice = 'never';
  constructor(
    readonly runId: string,
    readonly state: RunState,
    asked: string,
  ) {
    super(`run ${runId} is ${state}: it cannot be ${asked}`);
    this.name = 'RunStateError';
  }
}
