import { describe, expect, test } from 'vitest';
import { GraphUnavailableError, SecretInvalidError, ThrottledError } from '../errors/graph-errors.js';
import { TokenProvider, type TokenRequest } from './token-provider.js';

const START = Date.parse('2026-03-01T12:00:00Z');

function providerOf(options: { lifeMs?: number; answer?: TokenRequest } = {}) {
  const state = { now: START, requests: 0 };
  const request: TokenRequest = async (claims) => {
    state.requests += 1;
    if (options.answer !== undefined) return options.answer(claims);
    return { token: `token-${state.requests}`, expiresAt: new Date(state.now + (options.lifeMs ?? 3_599_000)) };
  };
  return { state, provider: new TokenProvider(request, () => new Date(state.now)) };
}

describe('TokenProvider', () => {
  test('asks once for callers that come together', async () => {
    const { state, provider } = providerOf();
    expect(await Promise.all([provider.accessToken(), provider.accessToken(), provider.facts(true)])).toHaveLength(3);
    expect(state.requests).toBe(1);
  });

  test('renews five minutes before the end', async () => {
    const { state, provider } = providerOf();
    await provider.accessToken();
    state.now = START + 3_298_000;
    expect(await provider.accessToken()).toBe('token-1');
    state.now = START + 3_300_000;
    expect(await provider.accessToken()).toBe('token-2');
  });

  test('keeps a token of one minute for most of that minute', async () => {
    const { state, provider } = providerOf({ lifeMs: 60_000 });
    await provider.accessToken();
    state.now = START + 47_000;
    expect(await provider.accessToken()).toBe('token-1');
    state.now = START + 48_000;
    expect(await provider.accessToken()).toBe('token-2');
  });

  test('keeps a token of a day for an hour, since new consent shows in new tokens only', async () => {
    const { state, provider } = providerOf({ lifeMs: 24 * 3_600_000 });
    await provider.accessToken();
    state.now = START + 3_600_000;
    expect(await provider.accessToken()).toBe('token-2');
  });

  test('gives callers that were refused together one new token', async () => {
    const { state, provider } = providerOf();
    const refused = await provider.accessToken();
    expect(await Promise.all([provider.replace(refused, undefined), provider.replace(refused, undefined)])).toEqual([
      'token-2',
      'token-2',
    ]);
    expect(await provider.replace(refused, undefined)).toBe('token-2');
    expect(state.requests).toBe(2);
  });

  test('does not renew again for a while when a renewal was in vain', async () => {
    const { state, provider } = providerOf();
    const second = await provider.replace(await provider.accessToken(), undefined);
    provider.renewalWasInVain();
    expect(await provider.replace(second as string, undefined)).toBeNull();
    state.now += 30_000;
    expect(await provider.replace(second as string, undefined)).toBe('token-3');
  });

  test('takes a new token after a refusal, but none younger than half a minute', async () => {
    const { state, provider } = providerOf();
    await provider.accessToken();
    provider.distrust();
    expect(await provider.accessToken()).toBe('token-1');
    state.now += 30_000;
    expect(await provider.accessToken()).toBe('token-2');
    state.now += 30_000;
    expect(await provider.accessToken()).toBe('token-2');
  });

  test('a refusal that an admin must mend is repeated from memory for a minute', async () => {
    const { state, provider } = providerOf({
      answer: () => Promise.reject(new SecretInvalidError('wrong', { operation: 'token.request' })),
    });
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    expect(state.requests).toBe(1);
    state.now += 60_000;
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    expect(state.requests).toBe(2);
  });

  test('waits as long as Entra asked to', async () => {
    const { state, provider } = providerOf({
      answer: () => Promise.reject(new ThrottledError('wait', { operation: 'token.request' }, 9_000)),
    });
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'THROTTLED' });
    state.now += 8_999;
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(state.requests).toBe(1);
    state.now += 1;
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(state.requests).toBe(2);
  });

  test('an outage leaves no memory', async () => {
    const { state, provider } = providerOf({
      answer: () => Promise.reject(new GraphUnavailableError('away', { operation: 'token.request' })),
    });
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    await expect(provider.accessToken()).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    expect(state.requests).toBe(2);
  });
});
