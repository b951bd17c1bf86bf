import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphCaller, type Answer } from '../../testing/graph-caller.js';
import { GLOBAL_ADMINISTRATOR } from './administrators.js';

const REDIRECT = 'http://localhost:3000/sign-in/callback';

describe('signing in to an application of the tenant', () => {
  let graph: GraphCaller;
  let verifier: string;
  let discovery: Record<string, string>;
  beforeEach(async () => {
    graph = await GraphCaller.start();
    verifier = randomBytes(32).toString('base64url');
    const { authorityHost, tenantId } = graph.simulator;
    discovery = (await graph.raw(`${authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`)).json as typeof discovery;
  });
  afterEach(() => graph.stop());

  /** The page, or the way back, of a request that `changes` alters; undefined leaves a parameter out. */
  const authorize = (changes: Record<string, string | undefined> = {}) => {
    const url = new URL(discovery['authorization_endpoint']!);
    const parameters = {
      client_id: graph.simulator.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: 'openid profile email',
      state: 'a state',
      nonce: 'a-nonce',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    };
    for (const [name, value] of Object.entries<string | undefined>(parameters))
      if (value !== undefined) url.searchParams.set(name, value);
    return graph.raw(url.href);
  };
  const wayBack = ({ headers }: Answer) => new URL(String(headers['location'])).searchParams;
  const codeFor = async (as: string) => wayBack(await authorize({ as })).get('code') ?? '';
  const exchange = (code: string, form: Record<string, string> = {}) =>
    graph.requestToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: verifier, ...form });
  const claimsOf = async (answer: Answer): Promise<JWTPayload> => {
    const keys = (await graph.raw(String(discovery['jwks_uri']))).json as unknown as JSONWebKeySet;
    const { clientId: audience } = graph.simulator;
    const { payload } = await jwtVerify(String(answer.json['id_token']), createLocalJWKSet(keys), {
      audience,
      issuer: String(discovery['issuer']),
      algorithms: ['RS256'],
    });
    return payload;
  };

  it('lists who there is on a page without a script, one click each, and names the application', async () => {
    const { status, text, headers } = await authorize();
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('Sign in to Rollcall');
    for (const name of ['Gloria Global', 'Simon Super', 'Ines Itadmin', 'Viktor Viewer', 'Nora Norole'])
      expect(text).toContain(name);
    expect(text).not.toContain('<script');
  });

  it('exchanges the code for an id token whose roles and wids are those of the administrator', async () => {
    const answer = wayBack(await authorize({ as: 'gloria@contoso.example' }));
    expect(answer.get('state')).toBe('a state');
    const claims = await claimsOf(await exchange(answer.get('code')!));
    expect(claims).toMatchObject({
      name: 'Gloria Global',
      preferred_username: 'gloria@contoso.example',
      nonce: 'a-nonce',
      tid: graph.simulator.tenantId,
      roles: ['superAdmin'],
      wids: [GLOBAL_ADMINISTRATOR],
      ver: '2.0',
    });
    const nora = await claimsOf(await exchange(await codeFor('nora@contoso.example')));
    expect(nora['roles']).toBeUndefined();
    expect(nora.sub).not.toBe(claims.sub);
  });

  it('shows changed claims with the next sign-in', async () => {
    graph.simulator.control.setAdministratorClaims('nora@contoso.example', { roles: ['viewer', 'itAdmin'] });
    expect((await claimsOf(await exchange(await codeFor('nora@contoso.example'))))['roles']).toEqual(['viewer', 'itAdmin']);
  });

  it('takes a code once, within ten minutes, with its verifier, its address and the secret', async () => {
    const numberOf = async (answer: Promise<Answer>) => ((await answer).json['error_codes'] as number[])[0];
    const code = await codeFor('ines@contoso.example');
    expect(await numberOf(exchange(code, { code_verifier: 'another' }))).toBe(501481);
    expect(await numberOf(exchange(code, { redirect_uri: 'http://localhost:3000/elsewhere' }))).toBe(500112);
    expect(await numberOf(exchange(code, { client_secret: 'nonsense' }))).toBe(7000215);
    expect((await exchange(code)).status).toBe(200);
    expect(await numberOf(exchange(code))).toBe(54005);
    expect(await numberOf(exchange('invented'))).toBe(9002313);
    const late = await codeFor('ines@contoso.example');
    graph.simulator.control.advanceClock(600_000);
    expect(await numberOf(exchange(late))).toBe(70008);
  });

  it('sends errors back to a known application only', async () => {
    const declined = wayBack(await authorize({ as: 'nobody' }));
    expect([declined.get('error'), declined.get('state')]).toEqual(['access_denied', 'a state']);
    expect(wayBack(await authorize({ response_type: 'token' })).get('error')).toBe('unsupported_response_type');
    expect(wayBack(await authorize({ scope: 'User.Read' })).get('error')).toBe('invalid_scope');
    expect(wayBack(await authorize({ code_challenge_method: 'plain' })).get('error')).toBe('invalid_request');
    const foreign = await authorize({ redirect_uri: 'https://evil.example/' });
    expect([foreign.status, foreign.headers['location']]).toEqual([400, undefined]);
    expect(foreign.text).toContain('AADSTS50011');
    expect((await authorize({ client_id: 'nobody' })).text).toContain('AADSTS700016');
  });
});
