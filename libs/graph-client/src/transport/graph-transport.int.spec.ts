import { describe, expect, test } from 'vitest';
import { collect, CONNECTION, failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError, type ScriptedAnswer } from '../../testing/scripted-microsoft.js';

const GROUP = '02bd9fd6-0000-0000-0000-000000000001';
const group = { id: GROUP, displayName: 'Staff', groupTypes: [], mailEnabled: false, securityEnabled: true };
const hang: ScriptedAnswer = () => undefined;
const reset: ScriptedAnswer = (response) => response.socket?.destroy();

describe('the token on its way to Graph', () => {
  test('is asked for once by many callers and sent with each request', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: group });
    await Promise.all(Array.from({ length: 8 }, () => graph.group(GROUP)));
    expect(microsoft.tokenRequests).toHaveLength(1);
    expect(new Set(microsoft.graphRequests.map((request) => request.headers.authorization))).toEqual(new Set(['Bearer token-1']));
    expect(graph.graphRequests).toBe(8);
  });

  test('is replaced once after a 401, and the request repeated', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ headers }) =>
      headers.authorization === 'Bearer token-2'
        ? { json: group }
        : graphError(401, 'InvalidAuthenticationToken', 'Access token has expired.');
    expect((await graph.group(GROUP)).displayName).toBe('Staff');
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  test('is taken anew with the claims that Graph demands (continuous access evaluation)', async () => {
    const { graph, microsoft } = await scriptedClient();
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1767225600"}}}';
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    microsoft.onGraph = ({ headers }) =>
      headers.authorization === 'Bearer token-2'
        ? { json: group }
        : graphError(401, 'InvalidAuthenticationToken', 'TokenCreatedWithOutdatedPolicies', { 'WWW-Authenticate': challenge });
    await graph.group(GROUP);
    expect(decodeURIComponent(microsoft.tokenRequests[1]?.body ?? '')).toContain('"value":"1767225600"');
  });

  test('a 401 that stays is an error, not a stream of token requests', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => graphError(401, 'InvalidAuthenticationToken', 'Invalid audience.');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await failureOf(graph.group(GROUP))).toMatchObject({
        code: 'TOKEN_REFUSED',
        retry: 'later',
        facts: { status: 401 },
      });
    }
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  test('the first call after a 403 takes a fresh token once the old one has an age', async () => {
    const { graph, microsoft, pass } = await scriptedClient();
    microsoft.onGraph = ({ headers }) =>
      headers.authorization === 'Bearer token-2'
        ? { json: group }
        : graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges.');
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'CONSENT_MISSING', permission: 'Group.Read.All' });
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'CONSENT_MISSING' });
    pass(31_000);
    expect((await graph.group(GROUP)).id).toBe(GROUP);
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  test('other credentials of a connection take a token of their own', async () => {
    const { clients, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ json: group });
    await clients.for(CONNECTION).group(GROUP);
    await clients.for({ ...CONNECTION, clientSecret: 'another' }).group(GROUP);
    expect(microsoft.tokenRequests.map((request) => new URLSearchParams(request.body).get('client_secret'))).toEqual([
      'the-secret',
      'another',
    ]);
  });
});

test('a name that cannot be stored loses those characters, and no other name changes', async () => {
  const { graph, microsoft } = await scriptedClient();
  const named = (displayName: string) => void (microsoft.onGraph = () => ({ json: { ...group, displayName } }));
  for (const [sent, read] of [
    ['Nul \0', 'Nul �'],
    ['Cut in the middle \ud83d', 'Cut in the middle �'],
    ['😀 \\u0000', '😀 \\u0000'],
  ] as const) {
    named(sent);
    expect((await graph.group(GROUP)).displayName).toBe(read);
  }
});

describe('a request to Graph that fails', () => {
  test.each<[string, ScriptedAnswer, object]>([
    ['a 500', graphError(500, 'Service_InternalServerError', 'Oops'), { code: 'GRAPH_UNAVAILABLE', retry: 'later' }],
    [
      'a 502 with HTML',
      { status: 502, text: '<html>Bad Gateway</html>', type: 'text/html' },
      { code: 'GRAPH_UNAVAILABLE', facts: { status: 502 } },
    ],
    ['a 200 with HTML', { text: '<html>Sign in to the proxy</html>', type: 'text/html' }, { code: 'GRAPH_ANSWER_INVALID' }],
    ['JSON that is cut', { text: '{"id":"02bd', type: 'application/json' }, { code: 'GRAPH_ANSWER_INVALID' }],
    ['JSON of another shape', { json: { hello: 'world' } }, { code: 'GRAPH_ANSWER_INVALID' }],
    ['an empty 200', { json: undefined }, { code: 'GRAPH_ANSWER_INVALID' }],
    [
      'a redirect',
      { status: 302, headers: { Location: 'https://elsewhere.example/' }, json: undefined },
      { code: 'GRAPH_ANSWER_INVALID' },
    ],
    ['a 404', graphError(404, 'Request_ResourceNotFound', 'Gone'), { code: 'GROUP_NOT_FOUND', retry: 'never' }],
    ['a socket that is cut each time', reset, { code: 'GRAPH_UNAVAILABLE', retry: 'later' }],
  ])('%s is an error with code and advice', async (_name, answer, expected) => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => answer;
    expect(await failureOf(graph.group(GROUP))).toMatchObject(expected);
  });

  test('a body that breaks off is unavailable, never data', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => (response) => {
      const whole = JSON.stringify(group);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(whole.length) });
      response.write(whole.slice(0, 20), () => response.socket?.destroy());
    };
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test('a lost connection is tried once more at once, for requests that may be repeated', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => (microsoft.graphRequests.length === 1 ? reset : { json: group });
    expect((await graph.group(GROUP)).id).toBe(GROUP);
    expect(graph.graphRequests).toBe(2);
  });

  test('creating a subscription is never repeated by itself', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => reset;
    const subscription = {
      resource: '/groups',
      notificationUrl: 'https://a.example/n',
      lifecycleNotificationUrl: 'https://a.example/l',
      clientState: 's',
    };
    expect(await failureOf(graph.subscriptions.create({ ...subscription, expiresAt: new Date() }))).toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
    });
    expect(microsoft.graphRequests).toHaveLength(1);
  });

  test('a server that says nothing costs the request time-out, not for ever', async () => {
    const { graph, microsoft } = await scriptedClient({ timeouts: { requestMs: 300 } });
    microsoft.onGraph = () => hang;
    expect(await failureOf(graph.group(GROUP))).toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
      message: expect.stringContaining('300 ms'),
    });
  });

  test('a body that stops in the middle costs the request time-out too', async () => {
    const { graph, microsoft } = await scriptedClient({ timeouts: { requestMs: 300 } });
    microsoft.onGraph = () => (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"id":');
    };
    expect(await failureOf(graph.group(GROUP))).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  test('an abort of the caller is passed on as the reason of the caller', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => hang;
    const controller = new AbortController();
    const reading = failureOf(collect(graph.members(GROUP, { signal: controller.signal })));
    setTimeout(() => controller.abort(new Error('lease lost')), 50);
    expect(await reading).toMatchObject({ message: 'lease lost' });
  });

  test('no error shows the token or the secret (invariant 10)', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => graphError(400, 'Request_BadRequest', 'Bad');
    const error = (await failureOf(graph.group(GROUP))) as Error;
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toMatch(/token-1|the-secret/);
  });
});
