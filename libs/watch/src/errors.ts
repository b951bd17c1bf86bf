import type { RetryAdvice } from '#contracts';

/** A round ended without its delta link: an answer that cannot be one. What it reported is not finished. */
export class RoundIncompleteError extends Error {
  readonly code = 'ROUND_INCOMPLETE';
  readonly retry: RetryAdvice = 'later';
  constructor(readonly chainId: string) {
    super(`the delta round of chain ${chainId} ended without a delta link`);
    this.name = 'RoundIncompleteError';
  }
}

/** More notifications wait than the intake takes: Graph is asked to send them again. */
export class IntakeOverloadedError extends Error {
  readonly code = 'INTAKE_OVERLOADED';
  readonly retry: RetryAdvice = 'later';
  constructor(readonly waiting: number) {
    super(`${waiting} notifications wait to be written down`);
    this.name = 'IntakeOverloadedError';
  }
}

/** What Graph told could not be written down: it must not be acknowledged (invariant 1). */
export class IntakeUnavailableError extends Error {
  readonly code = 'INTAKE_UNAVAILABLE';
  readonly retry: RetryAdvice = 'later';
  constructor(options?: ErrorOptions) {
    super('the notification could not be written down', options);
    this.name = 'IntakeUnavailableError';
  }
}
