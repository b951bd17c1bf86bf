import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, itemsOf } from '../../testing/graph-caller.js';

const EVENTUAL = { ConsistencyLevel: 'eventual' };

describe('people, groups and what is left of them', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  it('are found by id, by name, by filter and by search', async () => {
    const { control } = graph.simulator;
    const user = control.addPerson({ displayName: "Pat O'Neil" });
    expect((await graph.get(`/users/${user.toUpperCase()}`)).json['id']).toBe(user);
    expect((await graph.get('/users/pat.o.neil@contoso.example')).json).toMatchObject({
      id: user,
      displayName: "Pat O'Neil",
      businessPhones: [],
      mobilePhone: null,
    });
    for (const filter of [
      "displayName eq 'Pat O''Neil'",
      "mail eq 'PAT.O.NEIL@contoso.example'",
      "startsWith(displayName,'pat o')",
      `id in ('${user}')`,
      "surname eq 'O''Neil' and accountEnabled eq true",
    ]) {
      expect(itemsOf(await graph.get(`/users?$select=id&$filter=${encodeURIComponent(filter)}`)), filter).toEqual([{ id: user }]);
    }
    const guests = await graph.readAll("/users?$filter=userType eq 'Guest'&$select=userPrincipalName");
    expect(guests.items).toHaveLength(2);
    const upn = encodeURIComponent(String(guests.items[0]?.['userPrincipalName']));
    expect((await graph.get(`/users/${upn}`)).status).toBe(200);
    expect(itemsOf(await graph.get("/groups?$filter=displayName eq 'Leadership'"))[0]).toMatchObject({
      id: graph.idOf('Leadership'),
      securityEnabled: true,
      groupTypes: [],
    });
    expect(itemsOf(await graph.get('/groups?$search="displayName:field"', EVENTUAL))).toHaveLength(1);
  });

  it('are refused to queries that Graph refuses', async () => {
    const refusal = async (path: string): Promise<unknown> => {
      const answer = await graph.get(path);
      return [answer.status, errorOf(answer)['code'], errorOf(answer)['message']];
    };
    const ids = Array.from({ length: 16 }, () => "'00000000-0000-4000-8000-000000000000'").join(',');
    expect(await refusal('/users?$select=id,nonsense')).toEqual([
      400,
      'Request_BadRequest',
      "Could not find a property named 'nonsense' on type 'microsoft.graph.user'.",
    ]);
    expect((await graph.get(`/users?$filter=id in (${ids})`)).status).toBe(400);
    expect(await refusal("/users?$filter=endsWith(mail,'x')")).toEqual([400, 'Request_UnsupportedQuery', 'Unsupported Query.']);
    expect(await refusal('/groups?$search="displayName:x"')).toEqual([
      400,
      'Request_UnsupportedQuery',
      expect.stringContaining('ConsistencyLevel: eventual'),
    ]);
    expect(await refusal('/users/$count')).toEqual([400, 'Request_BadRequest', '$count is not currently supported.']);
    expect((await graph.get('/users?$count=true')).json['@odata.count']).toBeUndefined();
    expect((await graph.get('/users?$count=true&$top=1', EVENTUAL)).json['@odata.count']).toBe(
      graph.simulator.control.countUsers(),
    );
    expect(await refusal('/nonsense')).toEqual([400, 'BadRequest', "Resource not found for the segment 'nonsense'."]);
    expect((await graph.call('DELETE', '/users')).status).toBe(405);
    expect(await refusal('/groups/00000000-0000-4000-8000-000000000000')).toEqual([
      404,
      'Request_ResourceNotFound',
      expect.stringContaining('does not exist or one of its queried'),
    ]);
  });

  it('vanish when deleted, stand in deletedItems, and come back with their memberships', async () => {
    const group = graph.idOf('Leadership');
    const [user = ''] = graph.simulator.control.memberIds(group);
    const upn = String((await graph.get(`/users/${user}`)).json['userPrincipalName']);
    expect((await graph.call('DELETE', `/users/${user}`)).status).toBe(204);
    expect((await graph.get(`/users/${user}`)).status).toBe(404);
    expect(graph.simulator.control.memberIds(group)).not.toContain(user);
    const deleted = await graph.get(`/directory/deletedItems/${user}`);
    expect(deleted.json).toMatchObject({
      id: user,
      deletedDateTime: expect.any(String),
      userPrincipalName: user.replaceAll('-', '') + upn,
    });
    expect(itemsOf(await graph.get('/directory/deletedItems/microsoft.graph.user'))).toHaveLength(1);
    expect((await graph.call('POST', `/directory/deletedItems/${user}/restore`)).json).toMatchObject({
      id: user,
      userPrincipalName: upn,
    });
    expect(graph.simulator.control.memberIds(group)).toContain(user);
    expect((await graph.get(`/directory/deletedItems/${user}`)).status).toBe(404);
  });

  it('are created, changed and refused as an application would', async () => {
    const body = {
      accountEnabled: true,
      displayName: 'Api Made',
      mailNickname: 'api.made',
      userPrincipalName: 'api.made@contoso.example',
      passwordProfile: { password: 'x' },
    };
    const created = await graph.call('POST', '/users', { body });
    expect(created.status).toBe(201);
    expect(errorOf(await graph.call('POST', '/users', { body }))['code']).toBe('Request_MultipleObjectsWithSameKeyValue');
    const id = String(created.json['id']);
    expect((await graph.call('PATCH', `/users/${id}`, { body: { accountEnabled: false } })).status).toBe(204);
    expect((await graph.get(`/users/${id}?$select=accountEnabled`)).json['accountEnabled']).toBe(false);
    expect((await graph.call('PATCH', `/users/${id}`, { body: { nonsense: 1 } })).status).toBe(400);
  });

  it('are read in bulk by getByIds, without the unknown ones', async () => {
    const [user = ''] = graph.simulator.control.memberIds(graph.idOf('Leadership'));
    const call = (ids: readonly string[], types: readonly string[]) =>
      graph.call('POST', '/directoryObjects/getByIds?$select=id,accountEnabled', { body: { ids, types } });
    expect(itemsOf(await call([user, '00000000-0000-4000-8000-000000000000'], ['user']))).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: user, accountEnabled: true },
    ]);
    expect(
      (
        await call(
          Array.from({ length: 1_001 }, () => user),
          ['user'],
        )
      ).status,
    ).toBe(400);
    graph.simulator.control.setBehaviours({ getByIdsWithUserRead: false });
    expect((await call([user], ['user'])).status).toBe(403);
  });

  it('exchange their addresses in one write', async () => {
    const { control } = graph.simulator;
    const [one = '', other = ''] = control.memberIds(graph.idOf('Leadership'));
    const before = control.object(one).attributes['mail'];
    control.swapAddresses(one, other);
    expect(control.object(other).attributes['mail']).toBe(before);
    expect((await graph.get(`/users/${String(before)}`)).json['id']).toBe(other);
  });
});

describe('$batch', () => {
  it('answers each request by its id, and 424 where a dependency failed', async () => {
    const graph = await GraphCaller.start();
    const group = graph.idOf('Leadership');
    const requests = [
      { id: 'a', method: 'GET', url: `/groups/${group}?$select=displayName` },
      { id: 'b', method: 'GET', url: '/groups/00000000-0000-4000-8000-000000000000' },
      { id: 'c', method: 'GET', url: '/users', dependsOn: ['b'] },
      { id: 'd', method: 'GET', url: `/groups/${group}/members/$count`, headers: { ConsistencyLevel: 'eventual' } },
    ];
    const answer = await graph.call('POST', '/$batch', { body: { requests } });
    const responses = answer.json['responses'] as { id: string; status: number; body: unknown }[];
    expect(Object.fromEntries(responses.map(({ id, status }) => [id, status]))).toEqual({ a: 200, b: 404, c: 424, d: 200 });
    expect(responses.find(({ id }) => id === 'd')?.body).toBe(Buffer.from('5').toString('base64'));
    const many = Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: 'GET', url: '/users' }));
    expect((await graph.call('POST', '/$batch', { body: { requests: many } })).status).toBe(400);
    await graph.stop();
  });
});
