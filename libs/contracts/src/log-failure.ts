import type { Log } from './log.js';
import { isCodedError } from './retry-advice.js';

export interface FailureFields {
  readonly connectionId?: string;
  /** When it is tried again by itself. */
  readonly nextTryAt?: Date;
}

/**
 * One line for something that failed. A failure that was foreseen has a code, which says all there is to say: the line is calm and has no
 * stack, at info where the other side, or our own restraint towards it, named the wait, at warn otherwise, and at debug where it `isNews`
 * to nobody: the same was said before, and still is so. What nobody foresaw is a warning with its stack each time.
 */
export function logFailure(log: Log, error: unknown, fields: FailureFields & object, message: string, isNews = true): void {
  if (!isCodedError(error)) return log.warn({ ...fields, err: error }, message);
  const level = !isNews ? 'debug' : typeof error.retry === 'object' ? 'info' : 'warn';
  log[level]({ ...fields, code: error.code, reason: error.message }, message);
}
