import { describe, expect, test } from 'vitest';
import type { GraphOperation, OperationKind } from '../transport/graph-operation.js';
import { classifyGraphFailure } from './classify-graph-failure.js';

const NOW = new Date('2026-03-01T12:00:00Z');

function classify(kind: OperationKind, status: number, code: string, message = '', headers: Record<string, string> = {}) {
  const operation: GraphOperation = { name: 'members.read', kind, permission: 'Group.Read.All', object: 'the-object' };
  const body = code === 'HTML' ? undefined : { error: { code, message, innerError: { 'request-id': 'req-1' } } };
  const failure = { status, body, headers: { get: (name: string) => headers[name.toLowerCase()] ?? null } };
  return classifyGraphFailure(failure, { operation, now: NOW, backoffMs: 4_000, graphOrigin: 'https://graph.microsoft.com' });
}

/** Graph sheet 6.2, row by row, with 2.3, 3.4, 4.2, 4.3 and 5.1 where they say more. */
const ROWS: [OperationKind, number, string, string, string, 'never' | 'later' | number][] = [
  ['list', 400, 'BadRequest', 'Invalid filter clause', 'GRAPH_REJECTED', 'never'],
  ['group', 400, 'Request_BadRequest', "Invalid object identifier 'x'.", 'GRAPH_REJECTED', 'never'],
  ['list', 400, 'Request_UnsupportedQuery', 'Unsupported Query.', 'GRAPH_REJECTED', 'never'],
  ['filteredList', 400, 'Request_UnsupportedQuery', 'Unsupported Query.', 'FILTER_INVALID', 'never'],
  ['filteredList', 400, 'BadRequest', 'Invalid filter clause', 'FILTER_INVALID', 'never'],
  ['group', 400, 'Directory_ExpiredPageToken', 'The specified page token value has expired', 'PAGE_LINK_EXPIRED', 'never'],
  ['filteredList', 400, 'Directory_ExpiredPageToken', 'expired', 'PAGE_LINK_EXPIRED', 'never'],
  ['delta', 400, 'Directory_ExpiredPageToken', 'expired', 'PAGE_LINK_EXPIRED', 'never'],
  ['delta', 400, 'syncStateNotFound', 'The delta token is expired', 'DELTA_EXPIRED', 'never'],
  ['delta', 400, 'SyncStateNotFound', 'The sync state generation is not found', 'DELTA_EXPIRED', 'never'],
  ['delta', 400, 'Request_BadRequest', 'Badly formed token.', 'DELTA_EXPIRED', 'never'],
  ['delta', 400, 'HTML', '', 'DELTA_EXPIRED', 'never'],
  ['delta', 404, 'syncStateNotFound', '', 'DELTA_EXPIRED', 'never'],
  ['delta', 404, 'BadDeltaToken', '', 'DELTA_EXPIRED', 'never'],
  ['delta', 404, 'Request_ResourceNotFound', '', 'OBJECT_NOT_FOUND', 'never'],
  ['delta', 410, 'resyncRequired', 'Resync required.', 'DELTA_EXPIRED', 'never'],
  ['delta', 410, 'HTML', '', 'DELTA_EXPIRED', 'never'],
  ['delta', 401, 'InvalidAuthenticationToken', 'expired', 'TOKEN_REFUSED', 'later'],
  ['delta', 403, 'Authorization_RequestDenied', 'Insufficient privileges', 'CONSENT_MISSING', 'never'],
  ['delta', 429, 'TooManyRequests', '', 'THROTTLED', 4_000],
  ['delta', 503, 'serviceNotAvailable', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 400, 'Directory_ResultSizeLimitExceeded', '', 'GRAPH_REJECTED', 'never'],
  ['group', 401, 'InvalidAuthenticationToken', 'Access token is empty.', 'TOKEN_REFUSED', 'later'],
  [
    'group',
    401,
    'Authorization_IdentityNotFound',
    'The identity of the calling application could not be established.',
    'CONSENT_MISSING',
    'never',
  ],
  ['group', 403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', 'CONSENT_MISSING', 'never'],
  ['group', 403, 'accessDenied', '', 'CONSENT_MISSING', 'never'],
  ['group', 403, 'Forbidden', '', 'CONSENT_MISSING', 'never'],
  ['group', 403, 'ErrorAccessDenied', '', 'CONSENT_MISSING', 'never'],
  ['list', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'no licence', 'ACCESS_BLOCKED', 'never'],
  ['list', 403, 'Authentication_RequestFromUnsupportedUserRole', '', 'ACCESS_BLOCKED', 'never'],
  ['list', 403, 'AccessDenied', 'AADSTS53003: blocked by Conditional Access', 'ACCESS_BLOCKED', 'never'],
  ['group', 404, 'Request_ResourceNotFound', 'does not exist', 'GROUP_NOT_FOUND', 'never'],
  ['object', 404, 'Request_ResourceNotFound', 'does not exist', 'OBJECT_NOT_FOUND', 'never'],
  ['subscription', 404, 'ResourceNotFound', '', 'SUBSCRIPTION_NOT_FOUND', 'never'],
  ['subscription', 404, 'UnknownError', '', 'SUBSCRIPTION_NOT_FOUND', 'never'],
  ['list', 405, 'Request_BadRequest', 'not allowed', 'GRAPH_REJECTED', 'never'],
  ['object', 409, 'Conflict', '', 'GRAPH_UNAVAILABLE', 'later'],
  [
    'subscriptionCreate',
    409,
    'Conflict',
    'Subscription Id <7f105c7d-2dc5-4530-97cd-4e7ae6534c07> already exists',
    'SUBSCRIPTION_TAKEN',
    'never',
  ],
  ['object', 412, 'resourceModified', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['object', 423, 'resourceLocked', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['object', 413, '', '', 'GRAPH_REJECTED', 'never'],
  ['object', 415, '', '', 'GRAPH_REJECTED', 'never'],
  ['batch', 424, '', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 429, 'TooManyRequests', '', 'THROTTLED', 4_000],
  ['list', 403, 'activityLimitReached', '', 'THROTTLED', 4_000],
  ['list', 503, 'quotaLimitReached', '', 'THROTTLED', 4_000],
  ['list', 400, 'Request_ThrottledTemporarily', '', 'THROTTLED', 4_000],
  ['list', 509, 'bandwidthLimitExceeded', '', 'THROTTLED', 4_000],
  ['list', 500, 'Service_InternalServerError', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 500, 'generalException', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 501, 'NotImplemented', 'This operation target is not yet supported.', 'GRAPH_REJECTED', 'never'],
  ['list', 502, 'HTML', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 503, 'ServiceUnavailable', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 504, 'GatewayTimeout', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 507, 'insufficientStorage', '', 'GRAPH_UNAVAILABLE', 'later'],
  ['list', 302, 'HTML', '', 'GRAPH_ANSWER_INVALID', 'later'],
  ['subscriptionCreate', 400, 'ValidationError', 'Subscription validation request timed out.', 'WEBHOOK_UNREACHABLE', 'later'],
  [
    'subscriptionCreate',
    400,
    'InvalidRequest',
    'Notification endpoint must respond with 200 OK to validation request.',
    'WEBHOOK_UNREACHABLE',
    'later',
  ],
  ['subscription', 400, 'InvalidRequest', 'Subscription validation request failed.', 'WEBHOOK_UNREACHABLE', 'later'],
  [
    'subscriptionCreate',
    400,
    'ExtensionError',
    'Subscription expiration can only be 4230 minutes in the future.',
    'GRAPH_REJECTED',
    'never',
  ],
  [
    'subscriptionCreate',
    403,
    'ExtensionError',
    'Operation: Create; Exception: [Status Code: Forbidden; Reason: x]',
    'CONSENT_MISSING',
    'never',
  ],
  [
    'subscriptionCreate',
    401,
    'ExtensionError',
    'Operation: Create; Exception: [Status Code: Unauthorized; Reason: x]',
    'CONSENT_MISSING',
    'never',
  ],
  ['subscriptionCreate', 403, 'Forbidden', 'Maximum number of subscriptions has been reached', 'QUOTA_EXCEEDED', 'never'],
];

describe('classifyGraphFailure', () => {
  test.each(ROWS)('%s %i %s "%s" is %s, retry %s', (kind, status, code, message, expected, retry) => {
    const error = classify(kind, status, code, message);
    expect(error).toMatchObject({ code: expected, retry: typeof retry === 'number' ? { afterMs: retry } : retry });
    expect(error.facts).toMatchObject({ operation: 'members.read', status });
  });

  test('keeps request id and Graph code as facts, and the permission to grant', () => {
    expect(classify('group', 403, 'Authorization_RequestDenied')).toMatchObject({
      permission: 'Group.Read.All',
      facts: { requestId: 'req-1', graphCode: 'Authorization_RequestDenied' },
    });
    expect(classify('group', 401, 'Authorization_IdentityNotFound')).toMatchObject({ permission: null });
  });

  test('says in words what the application wanted to do', () => {
    expect(classify('list', 403, 'Authorization_RequestDenied', 'Insufficient privileges.').message).toBe(
      'To read the members of a group, the application needs Group.Read.All, granted as Application: Insufficient privileges.',
    );
    expect(classify('list', 500, 'x', 'No.').message).toBe(
      'Graph could not let the application read the members of a group: No.',
    );
  });

  test('names the subscription that stands in the way', () => {
    const message = 'Subscription Id <7f105c7d-2dc5-4530-97cd-4e7ae6534c07> already exists for the requested combination';
    expect(classify('subscriptionCreate', 409, 'Conflict', message)).toMatchObject({
      subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
    });
    expect(classify('subscriptionCreate', 409, 'Conflict', 'taken')).toMatchObject({ subscriptionId: null });
  });

  test('hands on the place of a resync only from Graph itself', () => {
    const own = 'https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=';
    expect(classify('delta', 410, 'resyncRequired', '', { location: own })).toMatchObject({ location: own });
    expect(classify('delta', 410, 'resyncRequired', '', { location: 'https://evil.example/x' })).toMatchObject({
      location: null,
    });
    expect(classify('delta', 410, 'resyncRequired')).toMatchObject({ location: null });
  });

  test('honours Retry-After on 429 and 503', () => {
    expect(classify('list', 429, 'TooManyRequests', '', { 'retry-after': '2.128' })).toMatchObject({ afterMs: 2_128 });
    expect(classify('list', 503, 'ServiceUnavailable', '', { 'retry-after': '5' })).toMatchObject({
      code: 'THROTTLED',
      afterMs: 5_000,
    });
  });

  test('a challenge that a new token cannot meet is a policy', () => {
    const challenge = { 'www-authenticate': 'Bearer error="insufficient_claims"' };
    expect(classify('group', 403, '', '', challenge)).toMatchObject({ code: 'ACCESS_BLOCKED' });
  });

  test('a long message of Graph is cut', () => {
    expect(classify('list', 400, 'BadRequest', 'x'.repeat(5_000)).message.length).toBeLessThan(500);
  });
});
