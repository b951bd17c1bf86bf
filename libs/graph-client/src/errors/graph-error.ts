import type { ProblemCode, RetryAdvice } from '#contracts';

/** The codes that this library can throw: a closed part of the problem codes. */
export type GraphErrorCode = Extract<
  ProblemCode,
  | 'SECRET_INVALID'
  | 'SECRET_EXPIRED'
  | 'APP_NOT_FOUND'
  | 'APP_DISABLED'
  | 'TENANT_NOT_FOUND'
  | 'CONSENT_MISSING'
  | 'ACCESS_BLOCKED'
  | 'TOKEN_REFUSED'
  | 'GROUP_NOT_FOUND'
  | 'OBJECT_NOT_FOUND'
  | 'FILTER_INVALID'
  | 'THROTTLED'
  | 'DELTA_EXPIRED'
  | 'PAGE_LINK_EXPIRED'
  | 'SUBSCRIPTION_TAKEN'
  | 'SUBSCRIPTION_NOT_FOUND'
  | 'QUOTA_EXCEEDED'
  | 'WEBHOOK_UNREACHABLE'
  | 'GRAPH_UNAVAILABLE'
  | 'GRAPH_REJECTED'
  | 'GRAPH_ANSWER_INVALID'
  | 'FOREIGN_LINK'
>;

/** What is known of the failed request; never its headers or body, which hold the token or the secret (invariant 10). */
export interface GraphFailureFacts {
  /** What was being done, such as `members.read`. */
  readonly operation: string;
  readonly status?: number;
  /** Graph's `error.code`, or Entra's `error`. */
  readonly graphCode?: string;
  /** Microsoft's support asks for it. */
  readonly requestId?: string;
  /** Entra's AADSTS number: for messages to people only (sheet 1.2). */
  readonly aadsts?: number;
}

/** Every failure of this library; `retry` says whether and when the same call may be tried again. */
export abstract class GraphError extends Error {
  abstract readonly code: GraphErrorCode;
  abstract readonly retry: RetryAdvice;

  constructor(
    message: string,
    readonly facts: GraphFailureFacts,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
