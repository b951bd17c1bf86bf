import { isCodedError, isProblemCode, PROBLEMS, type ProblemCode } from '#contracts';
import { ProblemError } from '../http/problem.js';
import type { Check } from './self-test.schemas.js';

export function passed(name: string, message: string, facts: Check['facts'] = {}): Check {
  return { name, ok: true, conclusive: true, code: null, message, remedy: null, facts };
}

/** Works, but the admin should know the code: an empty group, a group with groups in it, no webhook. */
export function warned(name: string, code: ProblemCode, message: string, facts: Check['facts'] = {}): Check {
  return { name, ok: true, conclusive: true, code, message, remedy: PROBLEMS[code].remedy, facts };
}

export function failed(name: string, code: ProblemCode, message: string, facts: Check['facts'] = {}): Check {
  return { name, ok: false, conclusive: isRefusal(code), code, message, remedy: PROBLEMS[code].remedy, facts };
}

/** Told apart as HTTP does: below 500 the tenant refuses what was asked, from there on nobody answered it. */
function isRefusal(code: ProblemCode): boolean {
  return PROBLEMS[code].status < 500;
}

/** A known failure as a check. An unknown one is thrown on: it says something about us, not about the tenant. */
export function failedBy(name: string, error: unknown, facts: Check['facts'] = {}): Check {
  if (error instanceof ProblemError) return failed(name, error.code, error.detail, { ...error.facts, ...facts });
  if (isCodedError(error) && isProblemCode(error.code)) return failed(name, error.code, error.message, facts);
  throw error;
}
