import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, itemsOf } from '../../testing/graph-caller.js';

describe('faults by switch', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
    await graph.get('/groups');
  });
  afterEach(() => graph.stop());

  it('throttle with a fractional Retry-After, or without any', async () => {
    const { control } = graph.simulator;
    control.setFault({ kind: 'throttle', retryAfterSeconds: 2.128, times: 1 });
    const answer = await graph.get('/groups');
    expect([answer.status, answer.headers['retry-after'], errorOf(answer)['code']]).toEqual([429, '2.128', 'TooManyRequests']);
    control.setFault({ kind: 'throttle', retryAfterSeconds: null, times: 1 });
    expect((await graph.get('/groups')).headers['retry-after']).toBeUndefined();
    expect((await graph.get('/groups')).status).toBe(200);
  });

  it('answer 5xx in the envelope, or as HTML', async () => {
    const { control } = graph.simulator;
    control.setFault({ kind: 'serverError', status: 503, times: 1 });
    const failed = await graph.get('/groups');
    expect(failed.status).toBe(503);
    expect(errorOf(failed)).toMatchObject({
      innerError: { 'request-id': failed.headers['request-id'], date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) },
    });
    control.setFault({ kind: 'html', times: 1 });
    const html = await graph.get('/groups');
    expect([html.status, html.text.slice(0, 15)]).toEqual([502, '<!DOCTYPE html>']);
  });

  it('reset connections and cut bodies', async () => {
    const { control } = graph.simulator;
    control.setFault({ kind: 'reset', times: 1 });
    await expect(graph.get('/groups')).rejects.toThrow();
    control.setFault({ kind: 'truncate', times: 1 });
    await expect(graph.get('/groups')).rejects.toThrow();
  });

  it('let a request hang', async () => {
    graph.simulator.control.setFault({ kind: 'hang', ms: 100, times: 1 });
    const began = performance.now();
    await expect(graph.get('/groups')).rejects.toThrow();
    expect(performance.now() - began).toBeGreaterThan(90);
  });

  it('show a full group as empty, as a lie or before the rest', async () => {
    const { control } = graph.simulator;
    const path = `/groups/${graph.idOf('Rollcall Users')}/members?$top=10`;
    control.setFault({ kind: 'emptyPage', scope: { path: '/members' }, times: 1 });
    const lie = await graph.get(path);
    expect([lie.status, itemsOf(lie), lie.json['@odata.nextLink']]).toEqual([200, [], undefined]);
    control.setFault({ kind: 'emptyPageWithNextLink', scope: { path: '/members' }, times: 1 });
    const { items, pages } = await graph.readAll(path);
    expect([items.length, pages]).toEqual([25, 4]);
  });

  it('challenge for claims, refuse tokens, revoke consent', async () => {
    const { control } = graph.simulator;
    control.setFault({ kind: 'claimsChallenge', times: 1 });
    const challenge = await graph.get('/groups');
    expect([challenge.status, challenge.headers['www-authenticate']]).toEqual([
      401,
      expect.stringMatching(/error="insufficient_claims", claims="[A-Za-z0-9+/=]+"/),
    ]);
    control.setFault({ kind: 'tokenRefused', times: 1 });
    expect(errorOf(await graph.get('/groups'))['code']).toBe('InvalidAuthenticationToken');
    control.setFault({ kind: 'consentRevoked', times: 1 });
    expect(errorOf(await graph.get('/groups'))['code']).toBe('Authorization_RequestDenied');
  });

  it('answer people and memberships from some time ago', async () => {
    const { control } = graph.simulator;
    const group = graph.idOf('Rollcall Users');
    const [user = ''] = control.memberIds(group);
    control.advanceClock(60_000);
    control.disableUser(user);
    control.removeMember(group, user);
    control.setFault({ kind: 'staleRead', ms: 30_000, scope: { path: 'users|getByIds|checkMemberGroups' } });
    expect((await graph.get(`/users/${user}?$select=accountEnabled`)).json).toMatchObject({ accountEnabled: true });
    const byIds = await graph.call('POST', '/directoryObjects/getByIds?$select=id,accountEnabled', {
      body: { ids: [user], types: ['user'] },
    });
    expect(itemsOf(byIds)[0]).toMatchObject({ accountEnabled: true });
    const checked = await graph.call('POST', `/users/${user}/checkMemberGroups`, { body: { groupIds: [group] } });
    expect(checked.json['value']).toEqual([group]);
  });

  it('hit by chance, in their scope only, and can be taken back', async () => {
    const { control } = graph.simulator;
    const id = control.setFault({ kind: 'serverError', scope: { path: '/users' } });
    expect([(await graph.get('/groups')).status, (await graph.get('/users')).status]).toEqual([200, 503]);
    expect(control.listFaults()).toEqual([expect.objectContaining({ id, hits: 1 })]);
    control.clearFaults(id);
    expect((await graph.get('/users')).status).toBe(200);
    control.setFault({ kind: 'serverError', probability: 0 });
    expect((await graph.get('/users')).status).toBe(200);
  });
});

describe('resource units', () => {
  it('are told with each answer, and throttle who spends too many', async () => {
    const graph = await GraphCaller.start({ seed: { people: 'none' } });
    const group = graph.simulator.control.createGroup('One');
    const path = `/groups/${group}/members`;
    const plain = await graph.get(path);
    const selected = await graph.get(`${path}?$select=id`);
    expect([plain.headers['x-ms-resource-unit'], selected.headers['x-ms-resource-unit']]).toEqual(['3', '2']);
    let throttled = plain;
    for (let calls = 0; calls < 1_500 && throttled.status === 200; calls++) throttled = await graph.get(path);
    await graph.stop();
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers['retry-after'])).toBeGreaterThan(0);
    expect(throttled.headers['x-ms-throttle-information']).toBe('ResourceUnitLimitExceeded');
    expect(throttled.headers['x-ms-throttle-scope']).toBe(
      `Tenant_Application/ReadWrite/${graph.simulator.clientId}/${graph.simulator.tenantId}`,
    );
  });
});
