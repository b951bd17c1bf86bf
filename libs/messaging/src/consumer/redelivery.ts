import { backOffMs, type BackOff } from '../back-off.js';
import { classifyFailure, namedDelayMs } from '../classify-failure.js';

export interface RedeliveryPolicy {
  /** Deliveries of one record in all, before it is dead-lettered. */
  readonly maxAttempts: number;
  readonly redelivery: BackOff;
  /** Waits while an engine is away; without bound in number. */
  readonly delay: BackOff;
}

export const defaultRedelivery: RedeliveryPolicy = {
  maxAttempts: 5,
  redelivery: { firstMs: 200, maxMs: 10_000, factor: 4 },
  delay: { firstMs: 200, maxMs: 5_000 },
};

/** How often a record was tried in this process. Attempts that ended in `delay` do not count toward the bound. */
export interface FailureHistory {
  readonly attempts: number;
  readonly delays: number;
}

export type RedeliveryDecision =
  { readonly kind: 'redeliver' | 'delay'; readonly waitMs: number } | { readonly kind: 'dead-letter' };

/** What follows from a failure, given those before it. Pure; `history` includes the present attempt. */
export function decideRedelivery(error: unknown, history: FailureHistory, policy: RedeliveryPolicy): RedeliveryDecision {
  const kind = classifyFailure(error);
  if (kind === 'delay') {
    return { kind, waitMs: namedDelayMs(error) ?? backOffMs(policy.delay, history.delays + 1) };
  }
  if (kind === 'dead-letter' || history.attempts >= policy.maxAttempts) return { kind: 'dead-letter' };
  return { kind, waitMs: backOffMs(policy.redelivery, history.attempts) };
}
