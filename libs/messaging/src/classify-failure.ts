import { isCodedError } from '#contracts';
import { isDatabaseAway } from '#database';
import { ZodError } from 'zod';

/**
 * What a handler's failure asks for.
 * - `redeliver`: try again, a bounded number of times, then dead-letter.
 * - `delay`: an engine is away, or the other side named a wait: try again without bound.
 * - `dead-letter`: no repetition can help.
 */
export type FailureClass = 'redeliver' | 'delay' | 'dead-letter';

/** Pure. An error that nobody knows is redelivered, so that a bug costs a dead letter and never a lost message. */
export function classifyFailure(error: unknown): FailureClass {
  if (isEngineAway(error)) return 'delay';
  if (error instanceof ZodError) return 'dead-letter';
  if (!isCodedError(error)) return 'redeliver';
  if (error.retry === 'never') return 'dead-letter';
  return error.retry === 'later' ? 'redeliver' : 'delay';
}

/** The wait that the failure itself named, if any. */
export function namedDelayMs(error: unknown): number | undefined {
  return isCodedError(error) && typeof error.retry === 'object' ? error.retry.afterMs : undefined;
}

/** Full disk, no memory, an I/O error, a server that became read-only: the engine's trouble, never the message's. */
const ENGINE_SQLSTATE = /^(53|58)...$|^25006$|^57P/;

function isEngineAway(error: unknown): boolean {
  if (isDatabaseAway(error)) return true;
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && typeof cause.code === 'string' && ENGINE_SQLSTATE.test(cause.code)) return true;
    if (cause.name.startsWith('KafkaJS')) return true;
    if ('code' in cause && cause.code === 'LOG_UNAVAILABLE') return true;
    if ('driverError' in cause && cause.driverError !== cause && isEngineAway(cause.driverError)) return true;
  }
  return false;
}
