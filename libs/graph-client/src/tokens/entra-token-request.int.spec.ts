import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CONNECTION, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import type { ScriptedAnswer } from '../../testing/scripted-microsoft.js';

const entraError = (
  status: number,
  error: string,
  aadsts: number,
  text: string,
  headers: Record<string, string> = {},
): ScriptedAnswer => ({
  status,
  headers,
  json: {
    error,
    error_description: `AADSTS${aadsts}: ${text} Trace ID: 5f1c0000-0000-0000-0000-000000000000 Correlation ID: 0 Timestamp: 2026-01-09 02:02:12Z`,
    error_codes: [aadsts],
    trace_id: '5f1c0000-0000-0000-0000-000000000000',
  },
});

const jwt = (claims: object): string =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

describe('asking Entra for a token', () => {
  test('tells expiry, roles and tenant of the token, and keeps the token to itself', async () => {
    const { graph, microsoft } = await scriptedClient();
    const access_token = jwt({ roles: ['Group.Read.All'], tid: CONNECTION.tenantId });
    microsoft.onToken = () => ({ json: { token_type: 'Bearer', expires_in: 3599, access_token } });
    const facts = await graph.token();
    expect(facts).toMatchObject({ roles: ['Group.Read.All'], tenantId: CONNECTION.tenantId });
    expect(facts.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    expect(JSON.stringify(facts)).not.toContain(access_token);
  });

  test('a token that cannot be decoded has no roles and is used all the same', async () => {
    const { graph } = await scriptedClient();
    expect((await graph.token()).roles).toEqual([]);
  });

  test.each<[string, ScriptedAnswer, object]>([
    [
      'a wrong secret',
      entraError(401, 'invalid_client', 7000215, 'Invalid client secret provided.'),
      { code: 'SECRET_INVALID', retry: 'never' },
    ],
    [
      'an expired secret',
      entraError(401, 'invalid_client', 7000222, 'The provided client secret keys are expired.'),
      { code: 'SECRET_EXPIRED' },
    ],
    [
      'an unknown application',
      entraError(400, 'unauthorized_client', 700016, 'Application was not found.'),
      { code: 'APP_NOT_FOUND' },
    ],
    ['an unknown tenant', entraError(400, 'invalid_request', 90002, 'Tenant not found.'), { code: 'TENANT_NOT_FOUND' }],
    ['an outage', { status: 503, text: 'down', type: 'text/plain' }, { code: 'GRAPH_UNAVAILABLE', retry: 'later' }],
    [
      'throttling',
      entraError(429, 'temporarily_unavailable', 90055, 'Too many requests.', { 'Retry-After': '7' }),
      { code: 'THROTTLED', retry: { afterMs: 7_000 } },
    ],
  ])('%s is an error with code and facts', async (_name, answer, expected) => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onToken = () => answer;
    expect(await failureOf(graph.token())).toMatchObject(expected);
    expect(microsoft.tokenRequests).toHaveLength(1);
  });

  test('the message names the AADSTS text and the trace id becomes a fact', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onToken = () => entraError(401, 'invalid_client', 7000222, 'The provided client secret keys are expired.');
    expect(await failureOf(graph.token())).toMatchObject({
      message: 'The client secret has expired: AADSTS7000222: The provided client secret keys are expired.',
      facts: { aadsts: 7000222, status: 401, requestId: '5f1c0000-0000-0000-0000-000000000000' },
    });
  });

  test('no error shows the secret (invariant 10)', async () => {
    const { graph, microsoft } = await scriptedClient();
    for (const status of [401, 503]) {
      microsoft.onToken = () => entraError(status, status === 401 ? 'invalid_client' : 'temporarily_unavailable', 90033, 'No.');
      const shown = inspect(await failureOf(graph.token({ fresh: true })), { depth: 10, showHidden: true });
      expect(shown).not.toContain('the-secret');
    }
  });

  test('a server that says nothing costs the token time-out, and the next call asks again', async () => {
    const { graph, microsoft } = await scriptedClient({ timeouts: { tokenMs: 300 } });
    microsoft.onToken = () => () => undefined;
    expect(await failureOf(graph.token())).toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
      message: 'Entra did not answer within 300 ms.',
    });
    microsoft.onToken = () => ({ json: { token_type: 'Bearer', expires_in: 3599, access_token: 'later' } });
    expect((await graph.token()).roles).toEqual([]);
  });

  test('after an outage the next call asks Entra, not a memory of the failure', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onToken = () => ({ status: 500, text: 'down', type: 'text/plain' });
    await failureOf(graph.token());
    microsoft.onToken = () => ({ json: { token_type: 'Bearer', expires_in: 3599, access_token: 'up again' } });
    await graph.token();
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  test('an expired secret costs at most one token request a minute, and a self-test asks at once', async () => {
    const { graph, microsoft, pass } = await scriptedClient();
    microsoft.onToken = () => entraError(401, 'invalid_client', 7000222, 'The provided client secret keys are expired.');
    for (let call = 0; call < 5; call += 1) await failureOf(graph.organization());
    expect(microsoft.tokenRequests).toHaveLength(1);
    await failureOf(graph.token({ fresh: true }));
    expect(microsoft.tokenRequests).toHaveLength(2);
    pass(61_000);
    await failureOf(graph.organization());
    expect(microsoft.tokenRequests).toHaveLength(3);
  });

  test('an address that nobody listens on is unavailable', async () => {
    const { graph, microsoft } = await scriptedClient();
    await microsoft.stop();
    expect(await failureOf(graph.token())).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });
});
