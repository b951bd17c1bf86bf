import type { RetryAdvice, RunKind, RunState } from '#contracts';

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

/** There is no engine for runs of this kind yet: refused, never stored and ignored. */
export class RunKindNotAvailableError extends Error {
  readonly code = 'SETTING_NOT_AVAILABLE';
  readonly retry: RetryAdvice = 'never';
  constructor(readonly kind: RunKind) {
    super(`runs of kind ${kind} are not available yet`);
    this.name = 'RunKindNotAvailableError';
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
