import { describe, expect, test } from 'vitest';
import { withSimulator } from '#test/simulator';
import { failureOf } from '../../testing/scripted-client.js';
import { lookUpTenant } from './look-up-tenant.js';

describe('whose tenant an id or a domain is', () => {
  test('is told by Entra to anybody', async () => {
    const { authorityHost, graphBaseUrl, caPem, tenantId } = await withSimulator();
    const endpoints = { authorityHost, graphBaseUrl, ca: caPem, scope: '' };
    const look = (text: string) => lookUpTenant(text, endpoints, { timeoutMs: 5_000 });
    expect(await look(tenantId.toUpperCase())).toEqual({ tenantId });
    expect(await look('contoso.example')).toEqual({ tenantId });
    for (const unknown of ['00000000-0000-4000-8000-000000000000', 'nobody.example', '../common', 'a b']) {
      expect(await failureOf(look(unknown))).toMatchObject({ code: 'TENANT_NOT_FOUND' });
    }
  });

  test('is not known while nobody answers', async () => {
    const endpoints = { authorityHost: 'https://127.0.0.1:9', graphBaseUrl: '', scope: '' };
    expect(await failureOf(lookUpTenant('contoso.example', endpoints, { timeoutMs: 2_000 }))).toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
    });
  });
});
