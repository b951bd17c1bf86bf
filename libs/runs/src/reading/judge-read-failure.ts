import { isCodedError } from '#contracts';

/** What the failure of a group's read means for the run. */
export type ReadFailure =
  | { readonly kind: 'group'; readonly code: string }
  | { readonly kind: 'run'; readonly code: string; readonly message: string }
  | { readonly kind: 'wait'; readonly code: string; readonly delayMs: number; readonly isAsked: boolean };

/** Nothing of the connection can be read while these last. */
const WHOLE_CONNECTION = new Set([
  'SECRET_INVALID',
  'SECRET_EXPIRED',
  'APP_NOT_FOUND',
  'APP_DISABLED',
  'TENANT_NOT_FOUND',
  'FOREIGN_LINK',
]);

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;
/** A group that fails this often in a row is left out; the others go on. Being asked to wait is no failure. */
const MAX_ATTEMPTS = 5;

/**
 * A read that failed says nothing about who is a member (invariant 4): the group is left out, or the run waits or fails; nobody is
 * removed. `attempts` counts the failures since the last page that was kept. Null for what is not a failure of the read.
 */
export function judgeReadFailure(error: unknown, attempts: number): ReadFailure | null {
  if (!isCodedError(error)) return null;
  if (WHOLE_CONNECTION.has(error.code)) return { kind: 'run', code: error.code, message: error.message };
  if (error.retry === 'never') return { kind: 'group', code: error.code };
  if (error.retry !== 'later') return { kind: 'wait', code: error.code, delayMs: error.retry.afterMs, isAsked: true };
  if (attempts >= MAX_ATTEMPTS) return { kind: 'group', code: error.code };
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  return { kind: 'wait', code: error.code, delayMs, isAsked: false };
}
