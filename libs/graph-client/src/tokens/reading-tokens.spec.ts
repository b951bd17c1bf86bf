import { describe, expect, test } from 'vitest';
import { readClaimsChallenge } from './claims-challenge.js';
import { readTokenFailure } from './read-token-failure.js';
import { readTokenFacts } from './token-facts.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('readClaimsChallenge', () => {
  test('decodes the claims', () => {
    expect(readClaimsChallenge(`Bearer realm="", error="insufficient_claims", claims="${base64('{"a":1}')}"`)).toBe('{"a":1}');
  });
  test.each([null, '', 'Bearer error="invalid_token"', `Bearer claims="${base64('no json')}"`])('%j holds none', (header) => {
    expect(readClaimsChallenge(header)).toBeUndefined();
  });
});

describe('readTokenFacts', () => {
  const expiresAt = new Date(0);
  const jwt = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
  test('reads roles and tenant', () => {
    expect(readTokenFacts(jwt({ roles: ['A'], tid: 't' }), expiresAt)).toEqual({ expiresAt, roles: ['A'], tenantId: 't' });
  });
  test.each(['opaque', 'a.b.c', jwt(7), jwt({ roles: 'A' }), jwt({})])('%s tells nothing', (token) => {
    expect(readTokenFacts(token, expiresAt)).toEqual({ expiresAt, roles: [] });
  });
});

describe('readTokenFailure', () => {
  test('takes the number from the text where the list is missing', () => {
    const body = JSON.stringify({
      error: 'invalid_client',
      error_description: 'AADSTS7000215: wrong.\r\nTrace ID: 1\r\nCorrelation ID: 2',
    });
    expect(readTokenFailure({ status: 401, retryAfter: null, body }, null)).toMatchObject({
      status: 401,
      error: 'invalid_client',
      aadsts: 7000215,
      description: 'AADSTS7000215: wrong.',
    });
  });
  test('a success that could not be used has no status, and the cause speaks', () => {
    expect(
      readTokenFailure({ status: 200, retryAfter: null, body: '<html>' }, new Error('endpoints_resolution_error')),
    ).toMatchObject({
      status: null,
      description: 'endpoints_resolution_error',
    });
  });
  test('no answer at all', () => {
    expect(readTokenFailure(null, 'odd')).toMatchObject({ status: null, error: null, description: '' });
  });
});
