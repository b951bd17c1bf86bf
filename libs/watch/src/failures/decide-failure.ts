import { isCodedError } from '#contracts';
import { isContention, isDatabaseAway, LeaseLostError } from '#database';

export type FailureReaction =
  /** The lease or the database is away: nothing to write down, the next claim tries again. */
  | { readonly kind: 'abandon' }
  /** The delta link is of no use any more. */
  | { readonly kind: 'reset' }
  /** All reads of the connection wait: Graph asked for it, or an admin must act. */
  | { readonly kind: 'blockConnection'; readonly code: string; readonly waitMs: number }
  /** This object alone waits, longer each time. */
  | { readonly kind: 'retryLater'; readonly code: string; readonly waitMs: number };

/** A connection whose secret or consent is missing is tried again this often, so that it is back within a minute of the remedy. */
export const BLOCKED_RETRY_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/** Faults of the whole connection: every other read of it would fail the same way. */
const CONNECTION_CODES = new Set([
  'SECRET_INVALID',
  'SECRET_EXPIRED',
  'APP_NOT_FOUND',
  'APP_DISABLED',
  'TENANT_NOT_FOUND',
  'CONSENT_MISSING',
  'ACCESS_BLOCKED',
  'TOKEN_REFUSED',
  'SEAL_BROKEN',
]);

/** What a failed read means for the chain and its connection. `failures` are those before; `random` in [0, 1) spreads the retries. */
export function decideFailure(error: unknown, failures: number, random: number): FailureReaction {
  if (error instanceof LeaseLostError || isDatabaseAway(error) || isContention(error)) return { kind: 'abandon' };
  const code = isCodedError(error) ? error.code : 'INTERNAL_ERROR';
  if (code === 'DELTA_EXPIRED' || code === 'PAGE_LINK_EXPIRED') return { kind: 'reset' };
  const asked = isCodedError(error) && typeof error.retry === 'object' ? error.retry.afterMs : null;
  if (code === 'THROTTLED') return { kind: 'blockConnection', code, waitMs: asked ?? FIRST_RETRY_MS };
  if (CONNECTION_CODES.has(code)) return { kind: 'blockConnection', code, waitMs: asked ?? BLOCKED_RETRY_MS };
  const ceiling = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  return { kind: 'retryLater', code, waitMs: asked ?? Math.round(ceiling / 2 + (random * ceiling) / 2) };
}
