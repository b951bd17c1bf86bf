import { parseRetryAfter } from '../throttling/retry-after.js';
import type { GraphError, GraphFailureFacts } from './graph-error.js';
import {
  AccessBlockedError,
  AppDisabledError,
  AppNotFoundError,
  ConsentMissingError,
  GraphRejectedError,
  GraphUnavailableError,
  SecretExpiredError,
  SecretInvalidError,
  TenantNotFoundError,
  ThrottledError,
} from './graph-errors.js';

/** What Entra answered to a token request, or null fields where no answer came (Graph sheet 1.2). */
export interface TokenFailure {
  readonly status: number | null;
  /** The OAuth `error`, such as `invalid_client`: it decides whether a retry can help. */
  readonly error: string | null;
  /** The AADSTS number: it tells people apart what `error` does not. */
  readonly aadsts: number | null;
  readonly description: string;
  readonly retryAfter: string | null;
  readonly traceId: string | null;
}

const OPERATION = 'token.request';
const WAIT_UNSAID_MS = 30_000;

type TokenErrorClass = new (message: string, facts: GraphFailureFacts) => GraphError;

const BY_NUMBER: ReadonlyMap<number, { readonly fault: TokenErrorClass; readonly sentence: string }> = new Map([
  [7000215, { fault: SecretInvalidError, sentence: 'The client secret is wrong' }],
  [7000222, { fault: SecretExpiredError, sentence: 'The client secret has expired' }],
  [700016, { fault: AppNotFoundError, sentence: 'The application is not known in this tenant' }],
  [7000112, { fault: AppDisabledError, sentence: 'The application is disabled in this tenant' }],
  [90002, { fault: TenantNotFoundError, sentence: 'The tenant does not exist' }],
  [900023, { fault: TenantNotFoundError, sentence: 'The tenant id is not valid' }],
  [53000, { fault: AccessBlockedError, sentence: 'Conditional Access blocks the application' }],
  [53003, { fault: AccessBlockedError, sentence: 'Conditional Access blocks the application' }],
  [530032, { fault: AccessBlockedError, sentence: 'A security policy of the tenant blocks the application' }],
]);
const CONSENT_NUMBERS = new Set([65001, 650052, 650056, 90094, 90095, 90099]);
const THROTTLE_NUMBERS = new Set([50196, 90055, 90056]);

/** Decides what a refused or failed token request means. Unknown answers of the 4xx range are ours to mend; the rest passes. */
export function classifyTokenFailure(failure: TokenFailure, now: Date, cause?: unknown): GraphError {
  const facts: GraphFailureFacts = {
    operation: OPERATION,
    ...(failure.status === null ? {} : { status: failure.status }),
    ...(failure.error === null ? {} : { graphCode: failure.error }),
    ...(failure.aadsts === null ? {} : { aadsts: failure.aadsts }),
    ...(failure.traceId === null ? {} : { requestId: failure.traceId }),
  };
  const said = failure.description === '' ? (failure.error ?? 'no answer') : failure.description;

  const waitMs = askedToWait(failure, now);
  if (waitMs !== null) return new ThrottledError(`Entra asks to wait before the next token request: ${said}`, facts, waitMs);
  if (failure.status === null || failure.status >= 500 || failure.error === 'temporarily_unavailable') {
    return new GraphUnavailableError(`Entra gave no token: ${said}`, facts, { cause });
  }
  const known = failure.aadsts === null ? undefined : BY_NUMBER.get(failure.aadsts);
  if (known !== undefined) return new known.fault(`${known.sentence}: ${said}`, facts);
  if (failure.error === 'consent_required' || (failure.aadsts !== null && CONSENT_NUMBERS.has(failure.aadsts))) {
    return new ConsentMissingError(`Admin consent is missing: ${said}`, facts, null);
  }
  return new GraphRejectedError(`Entra refused the token request: ${said}`, facts);
}

function askedToWait(failure: TokenFailure, now: Date): number | null {
  const named = parseRetryAfter(failure.retryAfter, now);
  const throttled = failure.status === 429 || (failure.aadsts !== null && THROTTLE_NUMBERS.has(failure.aadsts));
  if (throttled) return named ?? WAIT_UNSAID_MS;
  return failure.status !== null && failure.status >= 500 ? named : null;
}
