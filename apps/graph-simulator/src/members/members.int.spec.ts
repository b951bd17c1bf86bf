import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, itemsOf } from '../../testing/graph-caller.js';

const EVENTUAL = { ConsistencyLevel: 'eventual' };

describe('members of a group', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  it('come with their types and the selected properties that each type has', async () => {
    const { items } = await graph.readAll(
      `/groups/${graph.idOf('Everything Else')}/members?$select=id,displayName,accountEnabled,mail,deviceId`,
    );
    const types = new Set(items.map((item) => item['@odata.type']));
    expect(types).toEqual(new Set(['#microsoft.graph.user', '#microsoft.graph.device', '#microsoft.graph.orgContact']));
    expect(items.find((item) => item['displayName'] === 'Dieter Abel')).toMatchObject({ accountEnabled: false });
    expect(items.find((item) => item['displayName'] === 'Nora Nomail')).toMatchObject({ mail: null });
  });

  it('show only type and id where the application may not read the type, with null for the rest', async () => {
    graph.simulator.control.setConsent(['GroupMember.Read.All']);
    const answer = await graph.get(`/groups/${graph.idOf('Rollcall Users')}/members?$select=id,mail,userPrincipalName&$top=1`);
    expect(itemsOf(answer)[0]).toEqual({
      '@odata.type': '#microsoft.graph.user',
      id: expect.any(String),
      mail: null,
      userPrincipalName: null,
    });
  });

  it('come in pages of 100 unless asked, 999 at most, and the next link repeats the options', async () => {
    const { control } = graph.simulator;
    const { groupId } = control.bulk({ createUsers: 1_500, newGroup: 'Large' });
    expect(itemsOf(await graph.get(`/groups/${groupId ?? ''}/members`))).toHaveLength(100);
    const page = await graph.get(`/groups/${groupId ?? ''}/members?$select=id,mail&$top=999`);
    expect(itemsOf(page)).toHaveLength(999);
    expect(page.json['@odata.nextLink']).toContain('$top=999');
    const { items } = await graph.readAll(`/groups/${groupId ?? ''}/members?$select=id&$top=999`);
    expect(new Set(items.map((item) => item['id'])).size).toBe(1_500);
    expect(errorOf(await graph.get(`/groups/${groupId ?? ''}/members?$top=1000`))['message']).toContain(
      'Must be between 1 and 999 inclusive',
    );
    expect(errorOf(await graph.get(`/groups/${groupId ?? ''}/members?$skiptoken=old`))['code']).toBe(
      'Directory_ExpiredPageToken',
    );
  });

  it('are cast and counted as an advanced query only', async () => {
    const path = `/groups/${graph.idOf('All Sales (nested)')}`;
    expect(errorOf(await graph.get(`${path}/members/microsoft.graph.user`))['code']).toBe('Request_UnsupportedQuery');
    const cast = await graph.get(`${path}/members/microsoft.graph.user?$count=true`, EVENTUAL);
    expect(cast.json['@odata.count']).toBe(2);
    expect(cast.json['@odata.context']).toMatch(/\$metadata#users$/);
    expect(errorOf(await graph.get(`${path}/members/$count`))['code']).toBe('Request_BadRequest');
    const count = await graph.get(`${path}/members/$count`, EVENTUAL);
    expect([count.text, count.headers['content-type']]).toEqual(['3', expect.stringContaining('text/plain')]);
  });

  it('are flattened by transitiveMembers, the nested groups among them', async () => {
    const { items } = await graph.readAll(`/groups/${graph.idOf('All Sales (nested)')}/transitiveMembers`);
    expect(items.filter((item) => item['@odata.type'] === '#microsoft.graph.group')).toHaveLength(1);
    expect(items.filter((item) => item['@odata.type'] === '#microsoft.graph.user')).toHaveLength(5);
  });

  it('are hidden where membership is, empty or refused', async () => {
    const path = `/groups/${graph.idOf('Works Council (hidden)')}/members`;
    expect(itemsOf(await graph.get(path))).toEqual([]);
    graph.simulator.control.setBehaviours({ hiddenMembership: 'forbidden' });
    expect((await graph.get(path)).status).toBe(403);
    graph.simulator.control.setConsent(['Group.Read.All', 'User.Read.All', 'Member.Read.Hidden']);
    graph.dropToken();
    expect(itemsOf(await graph.get(path))).toHaveLength(4);
  });

  it('are answered by a stale replica where that is switched on, page by page', async () => {
    const { control } = graph.simulator;
    const group = graph.idOf('Rollcall Users');
    const before = control.memberIds(group);
    control.advanceClock(60_000);
    control.emptyGroup(group);
    const joiner = control.addPerson({ displayName: 'Fresh', groups: [group] });
    control.setFault({ kind: 'staleRead', ms: 30_000, scope: { path: '/members$' } });
    const { items, pages } = await graph.readAll(`/groups/${group}/members?$top=10`);
    expect(pages).toBe(3);
    expect(new Set(items.map((item) => item['id']))).toEqual(new Set(before));
    control.clearFaults();
    expect(itemsOf(await graph.get(`/groups/${group}/members`)).map((item) => item['id'])).toEqual([joiner]);
  });

  it('are added and removed by reference', async () => {
    const group = graph.idOf('New Hires (empty)');
    const user = graph.simulator.control.addPerson({ displayName: 'Ref Erence' });
    const body = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user}` };
    expect((await graph.call('POST', `/groups/${group}/members/$ref`, { body })).status).toBe(204);
    const again = await graph.call('POST', `/groups/${group}/members/$ref`, { body });
    expect(again.status).toBe(400);
    expect(errorOf(again)['message']).toBe(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
    expect((await graph.call('DELETE', `/groups/${group}/members/${user}/$ref`)).status).toBe(204);
    const bind = { 'members@odata.bind': [body['@odata.id']] };
    expect((await graph.call('PATCH', `/groups/${group}`, { body: bind })).status).toBe(204);
    expect(graph.simulator.control.memberIds(group)).toEqual([user]);
    expect((await graph.call('DELETE', `/groups/${group}`)).status).toBe(204);
    expect((await graph.get(`/groups/${group}/members`)).status).toBe(404);
  });
});

describe('which groups a person is in', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  it('is answered through nesting, and for no more than twenty groups', async () => {
    const [salesman = ''] = graph.simulator.control.memberIds(graph.idOf('Sales Regions'));
    const asked = ['All Sales (nested)', 'Sales Regions', 'Rollcall Users'].map((name) => graph.idOf(name));
    const answer = await graph.call('POST', `/users/${salesman}/checkMemberGroups`, { body: { groupIds: asked } });
    expect(new Set(answer.json['value'] as string[])).toEqual(new Set(asked.slice(0, 2)));
    const many = { groupIds: Array.from({ length: 21 }, () => asked[0]) };
    expect((await graph.call('POST', `/users/${salesman}/checkMemberGroups`, { body: many })).status).toBe(400);
    expect(
      (await graph.call('POST', '/users/00000000-0000-4000-8000-000000000000/checkMemberGroups', { body: { groupIds: [] } }))
        .status,
    ).toBe(404);
  });
});
