import { isCodedError } from '#contracts';
import { ConsentMissingError } from '#graph-client';
import type { SubscriptionPurpose } from './desired-subscriptions.js';

export interface SubscriptionProblem {
  readonly code: string;
  readonly message: string;
}

export type RefusalReaction =
  /** This subscription is not to be had now; the others are made, and the sweep stands in for it. */
  | { readonly kind: 'doWithout'; readonly problem: SubscriptionProblem }
  /** Every other subscription would fail the same way. */
  | { readonly kind: 'doWithoutAny'; readonly problem: SubscriptionProblem }
  /** No room for one per group. */
  | { readonly kind: 'overQuota'; readonly problem: SubscriptionProblem }
  /** Not about subscriptions: the visit is repeated later. */
  | { readonly kind: 'repeat' };

/** What a refused subscription means. `retry` advice is for the same call; here it is asked what works without it. */
export function decideRefusal(error: unknown, purpose: SubscriptionPurpose): RefusalReaction {
  if (!isCodedError(error)) return { kind: 'repeat' };
  const problem = { code: error.code, message: error.message };
  switch (error.code) {
    case 'CONSENT_MISSING':
      return { kind: 'doWithout', problem: { ...problem, message: consentMessage(error, purpose) } };
    case 'ACCESS_BLOCKED':
    case 'GRAPH_REJECTED':
    case 'SUBSCRIPTION_TAKEN':
      return { kind: 'doWithout', problem };
    case 'WEBHOOK_UNREACHABLE':
      return { kind: 'doWithoutAny', problem };
    case 'QUOTA_EXCEEDED':
      return { kind: 'overQuota', problem };
    default:
      return { kind: 'repeat' };
  }
}

function consentMessage(error: Error, purpose: SubscriptionPurpose): string {
  const fallback = purpose === 'users' ? 'User.Read.All' : 'Group.Read.All';
  const permission = (error instanceof ConsentMissingError ? error.permission : null) ?? fallback;
  return `Graph refuses the subscription without the application permission ${permission}; changes are found by the sweep until it is granted`;
}
