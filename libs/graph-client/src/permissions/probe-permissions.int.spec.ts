import { describe, expect, test } from 'vitest';
import { failureOf, scriptedClient } from '../../testing/scripted-client.js';
import { graphError, type Script } from '../../testing/scripted-microsoft.js';

const GROUP = '02bd9fd6-0000-0000-0000-000000000001';
const denied = graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges');

/** Graph for an application that may do what the patterns name. */
const allowing =
  (...allowed: RegExp[]): Script =>
  ({ url }) => {
    if (!allowed.some((pattern) => pattern.test(url))) return denied;
    if (url.includes('/delta')) return { json: { value: [], '@odata.deltaLink': 'https://g/d' } };
    if (url.includes('/users')) return { json: { value: [{ id: 'u', userPrincipalName: 'u@contoso.example' }] } };
    return { json: { value: [{ id: GROUP }] } };
  };

describe('probing permissions', () => {
  test('everything granted, proven with a fresh token whatever its roles say', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = allowing(/./);
    await graph.token();
    const report = await graph.probePermissions();
    const granted = { outcome: 'granted' };
    expect(report).toMatchObject({
      groups: granted,
      groupsDelta: granted,
      members: granted,
      users: granted,
      usersDelta: granted,
      tokenHasNoRoles: true,
    });
    expect(microsoft.tokenRequests).toHaveLength(2);
  });

  test('without User.Read.All the people are missing, the groups are not', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = allowing(/groups/);
    const report = await graph.probePermissions();
    expect(report.groups.outcome).toBe('granted');
    expect(report.members.outcome).toBe('granted');
    expect(report.users).toMatchObject({ outcome: 'missing', permission: 'User.Read.All', error: { code: 'CONSENT_MISSING' } });
    expect(report.usersDelta).toMatchObject({ outcome: 'missing', permission: 'User.Read.All' });
  });

  test('people whose attributes are all null are as good as refused', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) =>
      url.includes('/users?')
        ? { json: { value: [{ id: 'u', userPrincipalName: null }] } }
        : { json: { value: [], '@odata.deltaLink': 'https://g/d' } };
    expect((await graph.probePermissions()).users).toEqual({ outcome: 'missing', permission: 'User.Read.All', error: null });
  });

  test('an outage decides nothing', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => graphError(500, '', '');
    const report = await graph.probePermissions({ groupId: GROUP });
    expect(report.groups).toMatchObject({ outcome: 'undecided', error: { code: 'GRAPH_UNAVAILABLE' } });
    expect(report.members).toMatchObject({ outcome: 'undecided', error: { code: 'GRAPH_UNAVAILABLE' } });
  });

  test('a tenant without groups leaves the members undecided', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = ({ url }) =>
      url.includes('delta') ? { json: { value: [], '@odata.deltaLink': 'https://g/d' } } : { json: { value: [] } };
    expect((await graph.probePermissions()).members).toEqual({ outcome: 'undecided', error: null });
  });

  test('a secret that is refused is an error, not a report', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onToken = () => ({
      status: 401,
      json: { error: 'invalid_client', error_description: 'AADSTS7000215: wrong', error_codes: [7000215] },
    });
    expect(await failureOf(graph.probePermissions())).toMatchObject({ code: 'SECRET_INVALID' });
  });
});

describe('the organisation', () => {
  test('is shown where it may be read, and simply not known where not', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({
      json: { value: [{ id: 'T', displayName: 'Contoso', verifiedDomains: [{ name: 'contoso.example', isDefault: true }] }] },
    });
    expect(await graph.organization()).toEqual({ id: 't', displayName: 'Contoso', verifiedDomains: ['contoso.example'] });
    microsoft.onGraph = () => denied;
    expect(await graph.organization()).toBeNull();
    microsoft.onGraph = () => graphError(401, 'Authorization_IdentityNotFound', 'no service principal');
    expect(await failureOf(graph.organization())).toMatchObject({ code: 'CONSENT_MISSING', permission: null });
  });

  test('the count of members is known or not, never guessed', async () => {
    const { graph, microsoft } = await scriptedClient();
    microsoft.onGraph = () => ({ text: '\uFEFF42', type: 'text/plain' });
    expect(await graph.memberCount(GROUP)).toBe(42);
    expect(microsoft.graphRequests[0]?.headers.consistencylevel).toBe('eventual');
    microsoft.onGraph = () => ({ text: 'many', type: 'text/plain' });
    expect(await graph.memberCount(GROUP)).toBeNull();
    microsoft.onGraph = () => graphError(400, 'Request_UnsupportedQuery', '');
    expect(await graph.memberCount(GROUP)).toBeNull();
    microsoft.onGraph = () => graphError(404, 'Request_ResourceNotFound', '');
    expect(await failureOf(graph.memberCount(GROUP))).toMatchObject({ code: 'GROUP_NOT_FOUND' });
  });
});
