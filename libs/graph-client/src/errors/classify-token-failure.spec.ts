import { describe, expect, test } from 'vitest';
import { classifyTokenFailure, type TokenFailure } from './classify-token-failure.js';

const NOW = new Date('2026-03-01T12:00:00Z');

const failureOf = (failure: Partial<TokenFailure>): TokenFailure => ({
  status: 400,
  error: null,
  aadsts: null,
  description: '',
  retryAfter: null,
  traceId: null,
  ...failure,
});

/** The rows of Graph sheet 1.2 that an app-only connector can meet. */
const ROWS: [number, number, string, string, 'never' | 'later' | number][] = [
  [7000215, 401, 'invalid_client', 'SECRET_INVALID', 'never'],
  [7000222, 401, 'invalid_client', 'SECRET_EXPIRED', 'never'],
  [7000218, 401, 'invalid_client', 'GRAPH_REJECTED', 'never'],
  [700025, 401, 'invalid_client', 'GRAPH_REJECTED', 'never'],
  [700027, 401, 'invalid_client', 'GRAPH_REJECTED', 'never'],
  [700016, 400, 'unauthorized_client', 'APP_NOT_FOUND', 'never'],
  [7000112, 401, 'unauthorized_client', 'APP_DISABLED', 'never'],
  [90002, 400, 'invalid_request', 'TENANT_NOT_FOUND', 'never'],
  [900023, 400, 'invalid_request', 'TENANT_NOT_FOUND', 'never'],
  [900144, 400, 'invalid_request', 'GRAPH_REJECTED', 'never'],
  [900382, 400, 'invalid_request', 'GRAPH_REJECTED', 'never'],
  [50049, 400, 'invalid_instance', 'GRAPH_REJECTED', 'never'],
  [500011, 400, 'invalid_resource', 'GRAPH_REJECTED', 'never'],
  [70011, 400, 'invalid_scope', 'GRAPH_REJECTED', 'never'],
  [65001, 400, 'invalid_grant', 'CONSENT_MISSING', 'never'],
  [650056, 400, 'invalid_client', 'CONSENT_MISSING', 'never'],
  [90099, 400, 'unauthorized_client', 'CONSENT_MISSING', 'never'],
  [53003, 400, 'interaction_required', 'ACCESS_BLOCKED', 'never'],
  [50196, 400, 'invalid_grant', 'THROTTLED', 30_000],
  [90033, 503, 'temporarily_unavailable', 'GRAPH_UNAVAILABLE', 'later'],
  [90055, 400, 'invalid_request', 'THROTTLED', 30_000],
];

describe('classifyTokenFailure', () => {
  test.each(ROWS)('AADSTS%i (%i %s) is %s, retry %s', (aadsts, status, error, expected, retry) => {
    expect(classifyTokenFailure(failureOf({ aadsts, status, error }), NOW)).toMatchObject({
      code: expected,
      retry: typeof retry === 'number' ? { afterMs: retry } : retry,
      facts: { aadsts, status, graphCode: error },
    });
  });

  test('no answer and 5xx without a body pass by themselves', () => {
    expect(classifyTokenFailure(failureOf({ status: null }), NOW)).toMatchObject({ code: 'GRAPH_UNAVAILABLE', retry: 'later' });
    expect(classifyTokenFailure(failureOf({ status: 502 }), NOW)).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test('Retry-After is honoured on 429 and on 5xx', () => {
    expect(classifyTokenFailure(failureOf({ status: 429, retryAfter: '12' }), NOW)).toMatchObject({
      code: 'THROTTLED',
      afterMs: 12_000,
    });
    expect(classifyTokenFailure(failureOf({ status: 503, retryAfter: '3' }), NOW)).toMatchObject({
      code: 'THROTTLED',
      afterMs: 3_000,
    });
  });

  test('an unknown invalid_client is not called a wrong secret', () => {
    expect(classifyTokenFailure(failureOf({ status: 401, error: 'invalid_client' }), NOW)).toMatchObject({
      code: 'GRAPH_REJECTED',
    });
  });
});
