import type { RetryAdvice } from '#contracts';
import { GraphError, type GraphFailureFacts } from './graph-error.js';

/** An admin must act; the same call fails the same way until then. */
abstract class PermanentGraphError extends GraphError {
  readonly retry: RetryAdvice = 'never';
}

/** Passes by itself. */
abstract class TransientGraphError extends GraphError {
  readonly retry: RetryAdvice = 'later';
}

export class SecretInvalidError extends PermanentGraphError {
  readonly code = 'SECRET_INVALID';
}

export class SecretExpiredError extends PermanentGraphError {
  readonly code = 'SECRET_EXPIRED';
}

export class AppNotFoundError extends PermanentGraphError {
  readonly code = 'APP_NOT_FOUND';
}

export class AppDisabledError extends PermanentGraphError {
  readonly code = 'APP_DISABLED';
}

export class TenantNotFoundError extends PermanentGraphError {
  readonly code = 'TENANT_NOT_FOUND';
}

/** The application lacks a permission. Never a statement about the directory. */
export class ConsentMissingError extends PermanentGraphError {
  readonly code = 'CONSENT_MISSING';

  constructor(
    message: string,
    facts: GraphFailureFacts,
    /** The practical permission to grant; null where the application has no consent at all. */
    readonly permission: string | null,
  ) {
    super(message, facts);
  }
}

/** A policy or a missing licence of the tenant stands in the way, not a permission. */
export class AccessBlockedError extends PermanentGraphError {
  readonly code = 'ACCESS_BLOCKED';
}

/** Graph refused a token that Entra had just issued. */
export class TokenRefusedError extends TransientGraphError {
  readonly code = 'TOKEN_REFUSED';
}

/** Not found or soft-deleted; just created ones may need a moment (sheet 6.2). Alone it proves no deletion (invariant 4). */
export class GroupNotFoundError extends PermanentGraphError {
  readonly code = 'GROUP_NOT_FOUND';
}

export class ObjectNotFoundError extends PermanentGraphError {
  readonly code = 'OBJECT_NOT_FOUND';
}

export class FilterInvalidError extends PermanentGraphError {
  readonly code = 'FILTER_INVALID';
}

/** Wait at least `afterMs`: asked for by Graph, or our own restraint before a request was sent. */
export class ThrottledError extends GraphError {
  readonly code = 'THROTTLED';
  readonly retry: RetryAdvice;

  constructor(
    message: string,
    facts: GraphFailureFacts,
    readonly afterMs: number,
  ) {
    super(message, facts);
    this.retry = { afterMs };
  }
}

/** The delta link is of no use any more: start a new chain. What changed since is found by a full read only (sheet 3.4). */
export class DeltaExpiredError extends PermanentGraphError {
  readonly code = 'DELTA_EXPIRED';

  constructor(
    message: string,
    facts: GraphFailureFacts,
    /** Where Graph says a full enumeration begins; null without a `Location` of Graph's own host. */
    readonly location: string | null,
  ) {
    super(message, facts);
  }
}

/** The link of a page is too old: begin the enumeration anew. */
export class PageLinkExpiredError extends PermanentGraphError {
  readonly code = 'PAGE_LINK_EXPIRED';
}

export class SubscriptionTakenError extends PermanentGraphError {
  readonly code = 'SUBSCRIPTION_TAKEN';

  constructor(
    message: string,
    facts: GraphFailureFacts,
    /** The subscription that stands in the way, where Graph names it. */
    readonly subscriptionId: string | null,
  ) {
    super(message, facts);
  }
}

export class SubscriptionNotFoundError extends PermanentGraphError {
  readonly code = 'SUBSCRIPTION_NOT_FOUND';
}

export class QuotaExceededError extends PermanentGraphError {
  readonly code = 'QUOTA_EXCEEDED';
}

/** Graph called the webhook and did not get its token back. */
export class WebhookUnreachableError extends TransientGraphError {
  readonly code = 'WEBHOOK_UNREACHABLE';
}

/** Network, time-out, 5xx, or a body that broke off. */
export class GraphUnavailableError extends TransientGraphError {
  readonly code = 'GRAPH_UNAVAILABLE';
}

/** Graph or Entra did not like the request: a fault of ours or of the configuration. */
export class GraphRejectedError extends PermanentGraphError {
  readonly code = 'GRAPH_REJECTED';
}

/** A success that cannot be one: HTML, a list without `value`, both links or none, a chain without end. */
export class GraphAnswerInvalidError extends TransientGraphError {
  readonly code = 'GRAPH_ANSWER_INVALID';
}

/** A link to another host is never followed: the token would go with it. */
export class ForeignLinkError extends PermanentGraphError {
  readonly code = 'FOREIGN_LINK';
}
