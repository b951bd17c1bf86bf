import type { GraphOperation } from '../transport/graph-operation.js';
import { OPERATION_WORDS } from '../transport/operation-words.js';
import type { GraphErrorBody } from './graph-error-body.js';
import type { GraphError, GraphFailureFacts } from './graph-error.js';
import { AccessBlockedError, ConsentMissingError, QuotaExceededError } from './graph-errors.js';

const QUOTA = /maximum number|quota|limit (?:has been )?(?:reached|exceeded)/i;
const POLICY = /conditional access|AADSTS53\d{3}/i;

/** A 403 is a missing permission unless it says something else (Graph sheet 4.3 and 6.2). It never says that a group is empty. */
export function classifyForbidden(refusal: {
  readonly failure: { readonly headers: { get(name: string): string | null } };
  readonly body: GraphErrorBody;
  readonly facts: GraphFailureFacts;
  readonly operation: GraphOperation;
}): GraphError {
  const { failure, body, facts, operation } = refusal;
  const said = body.message === '' ? 'HTTP 403' : body.message;
  if (operation.kind === 'subscriptionCreate' && QUOTA.test(body.message)) {
    return new QuotaExceededError(`Graph takes no further subscription of this application: ${said}`, facts);
  }
  const challenged = /insufficient_claims/i.test(failure.headers.get('www-authenticate') ?? '');
  if (challenged || POLICY.test(body.message) || body.code.startsWith('Authentication_RequestFrom')) {
    return new AccessBlockedError(`The tenant does not let the application ${OPERATION_WORDS[operation.name]}: ${said}`, facts);
  }
  const needed = operation.permission === null ? 'a permission' : operation.permission;
  return new ConsentMissingError(
    `To ${OPERATION_WORDS[operation.name]}, the application needs ${needed}, granted as Application: ${said}`,
    facts,
    operation.permission,
  );
}
