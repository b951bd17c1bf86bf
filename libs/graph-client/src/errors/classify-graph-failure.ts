import { parseRetryAfter } from '../throttling/retry-after.js';
import type { GraphOperation } from '../transport/graph-operation.js';
import { OPERATION_WORDS } from '../transport/operation-words.js';
import { classifyForbidden } from './classify-forbidden.js';
import { readGraphErrorBody, type GraphErrorBody } from './graph-error-body.js';
import type { GraphError, GraphFailureFacts } from './graph-error.js';
import {
  ConsentMissingError,
  DeltaExpiredError,
  FilterInvalidError,
  GraphAnswerInvalidError,
  GraphRejectedError,
  GraphUnavailableError,
  GroupNotFoundError,
  ObjectNotFoundError,
  PageLinkExpiredError,
  SubscriptionNotFoundError,
  SubscriptionTakenError,
  ThrottledError,
  TokenRefusedError,
  WebhookUnreachableError,
} from './graph-errors.js';

/** An answer of Graph that is not a success; `body` is the parsed JSON, or undefined where it was none. */
export interface GraphFailure {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

export interface ClassificationContext {
  readonly operation: GraphOperation;
  readonly now: Date;
  /** The wait to advise where Graph asks to wait but does not say how long. */
  readonly backoffMs: number;
  /** A `Location` is handed on only from this origin. */
  readonly graphOrigin: string;
}

const THROTTLE_CODES = /^(TooManyRequests|activityLimitReached|quotaLimitReached|Request_ThrottledTemporarily)$/i;
const RESYNC_CODES = /syncstate|resync|deltatoken|BadDeltaToken/i;
const VALIDATION_FAILED = /validation request|endpoint must respond/i;

/** Turns a failed answer into the error that the callers act on: the table of Graph sheet 6.2, and 3.4 and 4.3 for delta and subscriptions. */
export function classifyGraphFailure(failure: GraphFailure, context: ClassificationContext): GraphError {
  const { status } = failure;
  const { operation } = context;
  const body = readGraphErrorBody(failure.body);
  const facts = toFacts(failure, operation, body);
  const said = body.message === '' ? `HTTP ${status}` : body.message;

  const waitMs = askedToWait(failure, body, context);
  if (waitMs !== null)
    return new ThrottledError(
      `Graph asks to wait before it lets the application ${OPERATION_WORDS[operation.name]} again.`,
      facts,
      waitMs,
    );
  if (operation.kind === 'delta' && isResync(status, body.code)) {
    return new DeltaExpiredError(
      `The delta link is of no use any more: ${said}`,
      facts,
      ownLocation(failure, context.graphOrigin),
    );
  }
  if (status >= 300 && status < 400)
    return new GraphAnswerInvalidError(`Graph answered with a redirect (HTTP ${status}).`, facts);
  if (status === 400) return classifyBadRequest(body, said, facts, operation);
  if (status === 401) return classifyUnauthorized(body, said, facts, operation);
  if (status === 403) return classifyForbidden({ failure, body, facts, operation });
  if (status === 404) return classifyNotFound(said, facts, operation);
  if (status === 409 && operation.kind === 'subscriptionCreate') {
    const existing = /Subscription Id <?([0-9a-f-]{36})>?/i.exec(body.message)?.[1] ?? null;
    return new SubscriptionTakenError(`A subscription on ${operation.object} exists already: ${said}`, facts, existing);
  }
  if (isTransient(status))
    return new GraphUnavailableError(`Graph could not let the application ${OPERATION_WORDS[operation.name]}: ${said}`, facts);
  return new GraphRejectedError(`Graph refused to let the application ${OPERATION_WORDS[operation.name]}: ${said}`, facts);
}

function toFacts(failure: GraphFailure, operation: GraphOperation, body: GraphErrorBody): GraphFailureFacts {
  const requestId = failure.headers.get('request-id') ?? body.requestId;
  return {
    operation: operation.name,
    status: failure.status,
    ...(body.code === '' ? {} : { graphCode: body.code }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Some workloads throttle with 503 and a Retry-After, or with codes of their own (sheet 5.1). */
function askedToWait(failure: GraphFailure, body: GraphErrorBody, context: ClassificationContext): number | null {
  const named = parseRetryAfter(failure.headers.get('retry-after'), context.now);
  const throttled = failure.status === 429 || failure.status === 509 || THROTTLE_CODES.test(body.code);
  if (throttled) return named ?? context.backoffMs;
  return failure.status === 503 ? named : null;
}

/** Any of these on a stored link means: the link cannot be read on, whatever the exact answer is (sheet 3.4, "client rule"). */
function isResync(status: number, code: string): boolean {
  if (status === 410) return true;
  if (status === 400) return code !== 'Directory_ExpiredPageToken';
  return status === 404 && RESYNC_CODES.test(code);
}

function ownLocation(failure: GraphFailure, graphOrigin: string): string | null {
  const location = failure.headers.get('location');
  if (location === null || !URL.canParse(location)) return null;
  return new URL(location).origin === graphOrigin ? location : null;
}

function classifyBadRequest(body: GraphErrorBody, said: string, facts: GraphFailureFacts, operation: GraphOperation): GraphError {
  if (body.code === 'Directory_ExpiredPageToken')
    return new PageLinkExpiredError(`The link to the next page has expired: ${said}`, facts);
  const ofSubscription = operation.kind === 'subscriptionCreate' || operation.kind === 'subscription';
  if (ofSubscription && (body.code === 'ValidationError' || VALIDATION_FAILED.test(body.message))) {
    return new WebhookUnreachableError(`Graph could not reach the webhook: ${said}`, facts);
  }
  if (operation.kind === 'filteredList') return new FilterInvalidError(`Graph does not take the filter: ${said}`, facts);
  return new GraphRejectedError(`Graph refused to let the application ${OPERATION_WORDS[operation.name]}: ${said}`, facts);
}

function classifyUnauthorized(
  body: GraphErrorBody,
  said: string,
  facts: GraphFailureFacts,
  operation: GraphOperation,
): GraphError {
  if (body.code === 'Authorization_IdentityNotFound') {
    return new ConsentMissingError(
      `The application is not at home in the tenant; admin consent is missing or was withdrawn: ${said}`,
      facts,
      null,
    );
  }
  // The subscription service reports the refusal of the resource behind it under a 401 or a 403 of its own (sheet 4.3).
  if (operation.kind === 'subscriptionCreate' && /Status Code: Unauthorized/i.test(body.message)) {
    return new ConsentMissingError(`The subscription needs ${operation.permission}: ${said}`, facts, operation.permission);
  }
  return new TokenRefusedError(`Graph refused a new token: ${said}`, facts);
}

function classifyNotFound(said: string, facts: GraphFailureFacts, operation: GraphOperation): GraphError {
  if (operation.kind === 'group') return new GroupNotFoundError(`The group ${operation.object} was not found: ${said}`, facts);
  if (operation.kind === 'subscription') {
    return new SubscriptionNotFoundError(`The subscription ${operation.object} is gone: ${said}`, facts);
  }
  return new ObjectNotFoundError(`${operation.object ?? 'The object'} was not found: ${said}`, facts);
}

/** 409, 412 and 423 are conflicts of the moment; 424 a batch item whose neighbour failed; 501 is no fault that passes. */
function isTransient(status: number): boolean {
  return [408, 409, 412, 423, 424].includes(status) || (status >= 500 && status !== 501);
}
