import { describe, expect, test } from 'vitest';
import { collect, failureOf } from '../testing/scripted-client.js';
import { simulatedClient } from '../testing/simulated-client.js';

type FaultInput = Parameters<Awaited<ReturnType<typeof simulatedClient>>['control']['setFault']>[0];

const members = { path: '/members' };

describe('a fault of Graph is an error with its name, never data (invariant 4)', () => {
  test.each<[string, FaultInput, object]>([
    ['429 with Retry-After', { kind: 'throttle', retryAfterSeconds: 2.5, scope: members }, { code: 'THROTTLED', afterMs: 2_500 }],
    ['429 without', { kind: 'throttle', retryAfterSeconds: null, scope: members }, { code: 'THROTTLED' }],
    ['500', { kind: 'serverError', status: 500, scope: members }, { code: 'GRAPH_UNAVAILABLE' }],
    [
      '503 with Retry-After',
      { kind: 'serverError', status: 503, retryAfterSeconds: 4, scope: members },
      { code: 'THROTTLED', afterMs: 4_000 },
    ],
    ['504', { kind: 'serverError', status: 504, scope: members }, { code: 'GRAPH_UNAVAILABLE' }],
    ['a reset connection', { kind: 'reset', scope: members }, { code: 'GRAPH_UNAVAILABLE' }],
    ['silence', { kind: 'hang', scope: members }, { code: 'GRAPH_UNAVAILABLE' }],
    [
      'a cut body',
      { kind: 'truncate', scope: members },
      { code: expect.stringMatching(/GRAPH_UNAVAILABLE|GRAPH_ANSWER_INVALID/) },
    ],
    ['HTML with 502', { kind: 'html', scope: members }, { code: 'GRAPH_UNAVAILABLE' }],
    ['HTML with 200', { kind: 'html', status: 200, scope: members }, { code: 'GRAPH_ANSWER_INVALID' }],
    ['a refused token', { kind: 'tokenRefused', scope: members }, { code: 'TOKEN_REFUSED' }],
    ['revoked consent', { kind: 'consentRevoked', scope: members }, { code: 'CONSENT_MISSING', permission: 'Group.Read.All' }],
    [
      'a withdrawn application',
      { kind: 'consentRevoked', as: 'identityNotFound', scope: members },
      { code: 'CONSENT_MISSING', permission: null },
    ],
  ])('%s', async (_name, fault, expected) => {
    const { graph, control, groupId } = await simulatedClient({ timeouts: { requestMs: 1_500 } });
    control.setFault(fault);
    expect(await failureOf(collect(graph.members(groupId)))).toMatchObject(expected);
    control.clearFaults();
  });

  test('one reset, one refused token or one challenge is survived', async () => {
    const { graph, control, groupId } = await simulatedClient();
    for (const kind of ['reset', 'tokenRefused', 'claimsChallenge'] as const) {
      control.setFault({ kind, times: 1, scope: members });
      expect((await collect(graph.members(groupId))).length, kind).toBeGreaterThan(0);
    }
  });

  test('an empty page with a link goes on to all members', async () => {
    const { graph, control, groupId } = await simulatedClient();
    const before = (await collect(graph.members(groupId))).flatMap((page) => page.members);
    control.setFault({ kind: 'emptyPageWithNextLink', times: 1, scope: members });
    expect((await collect(graph.members(groupId))).flatMap((page) => page.members)).toEqual(before);
  });

  test('a lying empty page looks like an empty group: the reader of the page must not believe it alone', async () => {
    const { graph, control, groupId } = await simulatedClient();
    control.setFault({ kind: 'emptyPage', times: 1, scope: members });
    expect(await collect(graph.members(groupId))).toEqual([{ index: 0, nextLink: null, members: [] }]);
    const [member] = (await collect(graph.members(groupId))).flatMap((page) => page.members);
    const sides = await graph.checkMemberGroups([{ userId: member?.id ?? '', groupIds: [groupId] }]);
    expect(sides.get(member?.id ?? '')).toEqual({ named: [groupId] });
  });
});

describe('a delta link that is of no use any more', () => {
  test.each<[string, FaultInput]>([
    ['410 with Location', { kind: 'gone', scope: { path: '/groups/delta' } }],
    ['400 syncStateNotFound', { kind: 'deltaTokenExpired', scope: { path: '/groups/delta' } }],
  ])('%s', async (_name, fault) => {
    const { graph, control, groupId } = await simulatedClient();
    const { deltaLink } = await graph.groupsDeltaLatest([groupId]);
    control.setFault(fault);
    expect(await failureOf(collect(graph.groupsDeltaRound(deltaLink)))).toMatchObject({ code: 'DELTA_EXPIRED' });
  });

  test('after a week', async () => {
    const { graph, control, groupId } = await simulatedClient();
    const { deltaLink } = await graph.groupsDeltaLatest([groupId]);
    control.advanceClock(8 * 24 * 3_600_000);
    expect(await failureOf(collect(graph.groupsDeltaRound(deltaLink)))).toMatchObject({ code: 'DELTA_EXPIRED' });
  });
});

describe('credentials and consent', () => {
  test('an expired secret, then a new one', async () => {
    const { clients, connection, control } = await simulatedClient();
    control.expireSecret();
    expect(await failureOf(clients.for(connection).organization())).toMatchObject({ code: 'SECRET_EXPIRED' });
    const { value } = control.rotateSecret();
    expect(await clients.for({ ...connection, clientSecret: value }).organization()).not.toBeNull();
  });

  test.each<[string, object, string]>([
    ['a wrong secret', { clientSecret: 'wrong' }, 'SECRET_INVALID'],
    ['another application', { clientId: '00000003-0000-0000-c000-00000000dead' }, 'APP_NOT_FOUND'],
    ['another tenant', { tenantId: '00000003-0000-0000-c000-00000000dead' }, 'TENANT_NOT_FOUND'],
  ])('%s is told by its name', async (_name, change, code) => {
    const { clients, connection } = await simulatedClient();
    expect(await failureOf(clients.for({ ...connection, ...change }).token())).toMatchObject({ code });
  });

  test('a disabled application is told by its name', async () => {
    const { graph, control } = await simulatedClient();
    control.setAppDisabled(true);
    expect(await failureOf(graph.token())).toMatchObject({ code: 'APP_DISABLED' });
  });

  test('the probe names what is missing, and sees new consent at once', async () => {
    const { graph, control, groupId } = await simulatedClient();
    control.setConsent(['Group.Read.All']);
    const without = await graph.probePermissions({ groupId });
    expect(without).toMatchObject({ groups: { outcome: 'granted' }, members: { outcome: 'granted' }, tokenHasNoRoles: false });
    expect(without.users).toMatchObject({ outcome: 'missing', permission: 'User.Read.All' });
    expect(without.usersDelta).toMatchObject({ outcome: 'missing', permission: 'User.Read.All' });
    const unreadable = (await collect(graph.members(groupId))).flatMap((page) => page.members);
    expect(unreadable.length).toBeGreaterThan(0);
    expect(unreadable.every((member) => member.unreadable && Object.keys(member.attributes).length === 0)).toBe(true);
    control.setConsent(['Group.Read.All', 'User.Read.All']);
    const granted = { outcome: 'granted' };
    expect(await graph.probePermissions({ groupId })).toMatchObject({
      users: granted,
      usersDelta: granted,
      groupsDelta: granted,
    });
    expect((await collect(graph.members(groupId))).flatMap((page) => page.members).every((member) => !member.unreadable)).toBe(
      true,
    );
  });

  test('no consent at all: the token has no roles and nothing may be read', async () => {
    const { graph, control } = await simulatedClient();
    control.setConsent([]);
    expect(await graph.probePermissions()).toMatchObject({
      tokenHasNoRoles: true,
      groups: { outcome: 'missing', permission: 'Group.Read.All' },
    });
  });
});
