import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf, GraphCaller, itemsOf, type Item } from '../../testing/graph-caller.js';

const HOUR_MS = 3_600_000;

describe('GET /groups/delta', () => {
  let graph: GraphCaller;
  let group: string;
  beforeEach(async () => {
    graph = await GraphCaller.start();
    group = graph.idOf('Rollcall Users');
  });
  afterEach(() => graph.stop());

  const first = (): string => `/groups/delta?$select=displayName,description,members&$filter=id eq '${group}'`;
  const latest = async (): Promise<string> => (await graph.readAll(`${first()}&$deltatoken=latest`)).deltaLink;
  const membersOf = (item: Item | undefined): Item[] => (item?.['members@delta'] ?? []) as Item[];

  it('tells every member in the first round, then nothing while nothing happens', async () => {
    const { items, deltaLink } = await graph.readAll(first());
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: group, displayName: 'Rollcall Users', description: expect.any(String) });
    expect(membersOf(items[0])).toHaveLength(25);
    const again = await graph.get(deltaLink);
    expect(itemsOf(again)).toEqual([]);
    expect(again.json['@odata.nextLink']).toBeUndefined();
    expect(again.json['@odata.deltaLink']).toMatch(/\/v1\.0\/groups\/delta\?\$deltatoken=/);
    expect(again.headers['x-ms-resource-unit']).toBeUndefined();
  });

  it('spreads one group over several pages, not side by side, and completes it at the delta link', async () => {
    const { control } = graph.simulator;
    control.setBehaviours({ deltaSliceSize: 10 });
    const sales = graph.idOf('Field Sales');
    const { items, pages } = await graph.readAll(
      `/groups/delta?$select=displayName,members&$filter=id eq '${group}' or id eq '${sales}'`,
    );
    expect(pages).toBeGreaterThan(1);
    expect(items.map((item) => item['id'])).toEqual([group, sales, group, group]);
    expect(items[2]?.['displayName']).toBeUndefined();
    const seen = items.filter((item) => item['id'] === group).flatMap(membersOf);
    expect(new Set(seen.map((member) => member['id'])).size).toBe(25);
  });

  it('tells who came, and who left or was deleted with the reason deleted', async () => {
    const { control } = graph.simulator;
    const [leaver = '', deleted = ''] = control.memberIds(group);
    const link = await latest();
    const joiner = control.addPerson({ displayName: 'New Comer', groups: [group] });
    control.removeMember(group, leaver);
    control.softDeleteUser(deleted);
    const { items } = await graph.readAll(link);
    expect(items).toHaveLength(1);
    expect(membersOf(items[0])).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: joiner },
      { '@odata.type': '#microsoft.graph.user', id: leaver, '@removed': { reason: 'deleted' } },
      { '@odata.type': '#microsoft.graph.user', id: deleted, '@removed': { reason: 'deleted' } },
    ]);
  });

  it('lists a member who came and went once as removed, or twice where that is switched on', async () => {
    const { control } = graph.simulator;
    const link = await latest();
    const passer = control.addPerson({ displayName: 'Passer By', groups: [group] });
    control.removeMember(group, passer);
    const removed = { '@odata.type': '#microsoft.graph.user', id: passer, '@removed': { reason: 'deleted' } };
    expect(membersOf((await graph.readAll(link)).items[0])).toEqual([removed]);
    control.setBehaviours({ addedAndRemovedInOneRound: true });
    expect(membersOf((await graph.readAll(link)).items[0])).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: passer },
      removed,
    ]);
  });

  it('tells a property change with all selected properties, or with that one alone by return=minimal', async () => {
    const { control } = graph.simulator;
    const link = await latest();
    control.renameGroup(group, 'Renamed');
    expect((await graph.readAll(link)).items).toEqual([{ id: group, displayName: 'Renamed', description: expect.any(String) }]);
    const minimal = await graph.get(link, { prefer: 'return=minimal' });
    expect(itemsOf(minimal)).toEqual([{ id: group, displayName: 'Renamed' }]);
    expect(minimal.headers['preference-applied']).toBe('return=minimal');
    control.updateGroup(group, { description: null });
    expect((await graph.readAll(link)).items[0]).toMatchObject({ description: null });
  });

  it('tells a deleted group as changed, a purged one as deleted, a restored one whole again', async () => {
    const { control } = graph.simulator;
    let { deltaLink } = await graph.readAll(first());
    const round = async (): Promise<Item[]> => {
      const read = await graph.readAll(deltaLink);
      deltaLink = read.deltaLink;
      return read.items;
    };
    control.softDeleteGroup(group);
    expect(await round()).toEqual([{ id: group, '@removed': { reason: 'changed' } }]);
    control.restore(group);
    expect(membersOf((await round())[0])).toHaveLength(25);
    control.purge(group);
    expect(await round()).toEqual([{ id: group, '@removed': { reason: 'deleted' } }]);
  });

  it('refuses what delta does not know', async () => {
    const ids = Array.from({ length: 51 }, (_, index) => `id eq '00000000-0000-4000-8000-${String(index).padStart(12, '0')}'`);
    expect((await graph.get(`/groups/delta?$filter=${ids.join(' or ')}`)).status).toBe(400);
    expect((await graph.get("/groups/delta?$filter=displayName eq 'x'")).status).toBe(400);
    expect((await graph.get('/groups/delta?$top=5')).status).toBe(400);
    expect((await graph.get('/groups/delta?$deltatoken=abc')).status).toBe(400);
    const unknown = await graph.get('/groups/delta?$select=nonsense');
    expect(errorOf(unknown)['message']).toBe("Could not find a property named 'nonsense' on type 'microsoft.graph.group'.");
  });

  it('forgets a token after seven days', async () => {
    const link = await latest();
    graph.simulator.control.advanceClock(7 * 24 * HOUR_MS + 1_000);
    graph.dropToken();
    const expired = await graph.get(link);
    expect(expired.status).toBe(400);
    expect(errorOf(expired)).toMatchObject({
      code: 'syncStateNotFound',
      message: expect.stringContaining('The delta token is expired'),
    });
  });

  it('forces a resync with 410 and a Location that begins again', async () => {
    const link = await latest();
    graph.simulator.control.setFault({ kind: 'gone', times: 1 });
    const gone = await graph.get(link);
    expect(gone.status).toBe(410);
    const { items } = await graph.readAll(String(gone.headers['location']));
    expect(items.map((item) => item['id'])).toEqual([group]);
    expect(membersOf(items[0])).toHaveLength(25);
  });

  it('shows a change only after the lag, and in parts, and old rounds again, where faults say so', async () => {
    const { control } = graph.simulator;
    let link = await latest();
    const lag = control.setFault({ kind: 'deltaLag', ms: HOUR_MS });
    const [one, two] = [control.addPerson({ displayName: 'One' }), control.addPerson({ displayName: 'Two' })];
    control.addMember(group, one);
    control.addMember(group, two);
    expect((await graph.readAll(link)).items).toEqual([]);
    control.clearFaults(lag);
    control.setFault({ kind: 'deltaPartial', fraction: 0.75, times: 1 });
    const part = await graph.readAll(link);
    expect(membersOf(part.items[0]).map((member) => member['id'])).toEqual([one]);
    link = part.deltaLink;
    const rest = await graph.readAll(link);
    expect(membersOf(rest.items[0]).map((member) => member['id'])).toEqual([two]);
    control.removeMember(group, two);
    control.setFault({ kind: 'deltaReplay', times: 1 });
    const replay = await graph.readAll(rest.deltaLink);
    expect(membersOf(replay.items[0])).toEqual([{ '@odata.type': '#microsoft.graph.user', id: two }]);
    const after = await graph.readAll(replay.deltaLink);
    expect(membersOf(after.items[0])[0]).toMatchObject({ id: two, '@removed': { reason: 'deleted' } });
  });
});

describe('GET /users/delta', () => {
  let graph: GraphCaller;
  beforeEach(async () => {
    graph = await GraphCaller.start();
  });
  afterEach(() => graph.stop());

  it('tells changes of selected properties, deletion as changed, purge as deleted', async () => {
    const { control } = graph.simulator;
    const { items, deltaLink } = await graph.readAll('/users/delta?$select=accountEnabled,mail');
    expect(items.length).toBe(control.countUsers());
    const [one = '', two = '', three = ''] = items.map((item) => String(item['id']));
    control.disableUser(one);
    control.updateUser(two, { jobTitle: 'not selected' });
    control.softDeleteUser(three);
    const next = await graph.readAll(deltaLink);
    expect(next.items).toEqual([
      { id: one, accountEnabled: false, mail: expect.any(String) },
      { id: three, '@removed': { reason: 'changed' } },
    ]);
    control.purge(three);
    expect((await graph.readAll(next.deltaLink)).items).toEqual([{ id: three, '@removed': { reason: 'deleted' } }]);
  });
});
