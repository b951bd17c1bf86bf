import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, type Answer } from '../../testing/graph-caller.js';

describe('the token endpoint', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  const codeOf = (answer: Answer): unknown => [answer.status, answer.json['error'], (answer.json['error_codes'] as number[])[0]];

  it('issues a v1.0 app-only token that the key set verifies', async () => {
    const { simulator } = graph;
    const answer = await graph.requestToken();
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599 });
    const discovery = await graph.raw(`${simulator.authorityHost}/${simulator.tenantId}/v2.0/.well-known/openid-configuration`);
    const { jwks_uri: keys, token_endpoint: endpoint } = discovery.json;
    expect(endpoint).toBe(`${simulator.authorityHost}/${simulator.tenantId}/oauth2/v2.0/token`);
    const keySet = createLocalJWKSet((await graph.raw(String(keys))).json as unknown as JSONWebKeySet);
    const { payload } = await jwtVerify(String(answer.json['access_token']), keySet);
    expect(payload).toMatchObject({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${simulator.tenantId}/`,
      appid: simulator.clientId,
      idtyp: 'app',
      tid: simulator.tenantId,
      ver: '1.0',
    });
    expect(payload['roles']).toContain('Group.Read.All');
  });

  it('refuses in the words and numbers of Entra', async () => {
    const { control } = graph.simulator;
    const wrong = await graph.requestToken({ client_secret: 'nonsense' });
    expect(codeOf(wrong)).toEqual([401, 'invalid_client', 7000215]);
    expect(wrong.json).toMatchObject({
      error_description: expect.stringMatching(/^AADSTS7000215: Invalid client secret provided\./),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
    });
    expect(codeOf(await graph.requestToken({ client_id: '00000000-0000-4000-8000-000000000000' }))).toEqual([
      400,
      'unauthorized_client',
      700016,
    ]);
    expect(codeOf(await graph.requestToken({}, '00000000-0000-4000-8000-000000000000'))).toEqual([400, 'invalid_request', 90002]);
    expect(codeOf(await graph.requestToken({}, 'not-a-domain'))).toEqual([400, 'invalid_request', 900023]);
    expect(codeOf(await graph.requestToken({ scope: 'User.Read' }))).toEqual([400, 'invalid_scope', 70011]);
    expect(codeOf(await graph.requestToken({ scope: '' }))).toEqual([400, 'invalid_request', 900144]);
    expect(codeOf(await graph.requestToken({ client_secret: '' }))).toEqual([401, 'invalid_client', 7000218]);
    expect((await graph.requestToken({}, 'contoso.example')).status).toBe(200);
    control.expireSecret();
    expect(codeOf(await graph.requestToken())).toEqual([401, 'invalid_client', 7000222]);
    const { value } = control.rotateSecret();
    expect((await graph.requestToken({ client_secret: value })).status).toBe(200);
    control.setAppDisabled(true);
    expect(codeOf(await graph.requestToken({ client_secret: value }))).toEqual([401, 'unauthorized_client', 7000112]);
  });

  it('gives a token without roles where nothing is consented, and Graph refuses', async () => {
    const { control } = graph.simulator;
    control.setConsent([]);
    const token = String((await graph.requestToken()).json['access_token']);
    expect(decodeJwt(token)['roles']).toBeUndefined();
    const refused = await graph.get('/groups');
    expect([refused.status, errorOf(refused)['code']]).toEqual([403, 'Authorization_RequestDenied']);
    control.withdrawConsent();
    const unknown = await graph.get('/groups');
    expect([unknown.status, errorOf(unknown)['code']]).toEqual([401, 'Authorization_IdentityNotFound']);
  });

  it('is throttled and fails by switch, with Retry-After', async () => {
    graph.simulator.control.setFault({ kind: 'throttle', retryAfterSeconds: 7, scope: { path: '/oauth2/' }, times: 1 });
    const answer = await graph.requestToken();
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  });

  it('issues tokens that end: Graph answers 401 once the clock has passed them', async () => {
    await graph.get('/groups');
    graph.simulator.control.advanceClock(3_600_000);
    const answer = await graph.get('/groups');
    expect([answer.status, errorOf(answer)['message']]).toEqual([401, 'Lifetime validation failed, the token is expired.']);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  });
});
