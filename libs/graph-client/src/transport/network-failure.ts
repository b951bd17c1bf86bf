import { GraphUnavailableError } from '../errors/graph-errors.js';

const LOST = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** The connection ended before an answer came. fetch hides the reason in the cause. */
export function isLostConnection(error: unknown): boolean {
  const code = networkCode(error);
  return code !== null && LOST.has(code);
}

export function toUnavailable(error: unknown, operation: string): GraphUnavailableError {
  const code = networkCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new GraphUnavailableError(`Graph did not answer ${operation}: ${code}`, { operation }, { cause: error });
}

function networkCode(error: unknown): string | null {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}
