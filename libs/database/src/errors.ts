import type { RetryAdvice } from '#contracts';

/** A lease was lost to another holder: whatever was computed under it must not be written. */
export class LeaseLostError extends Error {
  readonly code = 'LEASE_LOST';
  readonly retry: RetryAdvice = 'later';
  constructor(readonly lease: string) {
    super(`the lease ${lease} is held by somebody else now`);
    this.name = 'LeaseLostError';
  }
}

/** Embedded Postgres could not be started; the message names the folder or the port. */
export class EmbeddedPostgresError extends Error {
  readonly code = 'EMBEDDED_POSTGRES';
  readonly retry: RetryAdvice = 'never';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** Somebody read so slowly, or there was so much to read, that it took longer than it may hold a connection. */
export class DeadlineError extends Error {
  readonly code = 'DEADLINE_PASSED';
  readonly retry: RetryAdvice = 'later';
  constructor(readonly deadlineMs: number) {
    super(`the reading took longer than ${deadlineMs} ms`);
    this.name = 'DeadlineError';
  }
}

/** Postgres error classes that say "the server is away or going away", not "the statement is wrong". */
const AWAY_SQLSTATES = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006', '08001', '08004']);
const AWAY_SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT']);
/** Serialization failure, deadlock, lock timeout: the same transaction may succeed on the next try. */
const CONTENTION_SQLSTATES = new Set(['40001', '40P01', '55P03']);

/** True where the database is away: wait without bound, never dead-letter. */
export function isDatabaseAway(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== undefined && (AWAY_SQLSTATES.has(code) || AWAY_SYSTEM_CODES.has(code))) return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(error.message)
  );
}

/** True where another row has what must be unique. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/** True where the transaction collided with another one and may simply be run again. */
export function isContention(error: unknown): boolean {
  const code = sqlState(error);
  return code !== undefined && CONTENTION_SQLSTATES.has(code);
}

function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('driverError' in error) return sqlState(error.driverError);
  return undefined;
}
