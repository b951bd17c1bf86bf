/**
 * What a failure says about trying again. It is read by shape, so libraries need no shared base class.
 * - `never`: the same call fails the same way until a person changes something.
 * - `later`: transient; back off and try again.
 * - `after`: transient, and the other side named the wait, in milliseconds.
 */
export type RetryAdvice = 'never' | 'later' | { readonly afterMs: number };

/** The shape of every error that a library throws on purpose. */
export interface CodedError extends Error {
  readonly code: string;
  readonly retry: RetryAdvice;
}

export function isCodedError(error: unknown): error is CodedError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && 'retry' in error && isRetryAdvice(error.retry)
  );
}

function isRetryAdvice(value: unknown): value is RetryAdvice {
  if (value === 'never' || value === 'later') return true;
  return typeof value === 'object' && value !== null && 'afterMs' in value && typeof value.afterMs === 'number';
}
