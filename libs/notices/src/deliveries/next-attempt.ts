import type { Answer } from '../channels/notice-channel.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits after the first, second, … failure; together about nineteen hours, so a night's outage of a receiver loses nothing. */
const WAITS_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 5 * HOUR_MS, 12 * HOUR_MS] as const;
const LONGEST_WAIT_MS = 12 * HOUR_MS;

export const MAX_ATTEMPTS = WAITS_MS.length + 1;

export type AfterAttempt = { readonly state: 'sent' | 'failed' } | { readonly state: 'waiting'; readonly waitMs: number };

/** What follows from an answer to the n-th attempt, counted from 1. A wait that the other side names holds where it is longer. */
export function nextAttempt(answer: Answer, attempt: number, maxAttempts: number): AfterAttempt {
  if (answer.outcome === 'delivered') return { state: 'sent' };
  if (answer.outcome === 'refused' || attempt >= maxAttempts) return { state: 'failed' };
  const ownWaitMs = WAITS_MS[attempt - 1] ?? LONGEST_WAIT_MS;
  return { state: 'waiting', waitMs: Math.min(LONGEST_WAIT_MS, Math.max(ownWaitMs, answer.afterMs ?? 0)) };
}
