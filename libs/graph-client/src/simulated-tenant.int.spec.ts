import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { collect, failureOf } from '../testing/scripted-client.js';
import { simulatedClient } from '../testing/simulated-client.js';

/** A webhook that answers Graph's validation request. */
async function webhook(): Promise<string> {
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('validationToken');
    response.writeHead(token === null ? 202 : 200, { 'Content-Type': 'text/plain' }).end(token ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a simulated tenant, read over https', () => {
  test('gives a token, its organisation, its groups and their members', async () => {
    const { graph, groupId, simulator } = await simulatedClient();
    expect(await graph.token()).toMatchObject({
      tenantId: simulator.tenantId,
      roles: expect.arrayContaining(['Group.Read.All']),
    });
    expect(await graph.organization()).toMatchObject({ id: simulator.tenantId });
    const group = await graph.group(groupId);
    expect(group.displayName).toBe(simulator.groups[0]?.displayName);
    expect((await graph.groupsByName(group.displayName ?? '')).map((found) => found.id)).toContain(groupId);
    expect((await graph.searchGroups((group.displayName ?? '').slice(0, 3), 5)).map((found) => found.id)).toContain(groupId);
    const members = (await collect(graph.members(groupId))).flatMap((page) => page.members);
    expect(members.length).toBeGreaterThan(2);
    expect(members.every((member) => !member.unreadable)).toBe(true);
    expect(await graph.memberCount(groupId)).toBe(members.length);
  });

  test('pages a group of 2,500 and goes on at a stored link', async () => {
    const { graph, control } = await simulatedClient();
    const { groupId } = control.bulk({ createUsers: 2_500, newGroup: 'Everybody' });
    const pages = await collect(graph.members(groupId as string));
    expect(pages.map((page) => page.members.length)).toEqual([999, 999, 502]);
    const rest = await collect(graph.members(groupId as string, { resumeLink: pages[0]?.nextLink as string }));
    expect(rest.flatMap((page) => page.members)).toHaveLength(1_501);
  });

  test('reads people by id, by name, by address, and knows the deleted', async () => {
    const { graph, control, groupId } = await simulatedClient();
    const id = control.addPerson({ displayName: "Ann O'Neil", groups: [groupId] });
    const gone = control.addPerson({ displayName: 'Gone Soon' });
    control.softDeleteUser(gone);
    const person = await graph.user(id);
    expect(person).toMatchObject({ id, unreadable: false, attributes: { displayName: "Ann O'Neil", accountEnabled: true } });
    expect((await graph.user(person?.attributes.userPrincipalName ?? ''))?.id).toBe(id);
    control.updateUser(id, { mail: "o'neil@other.example" });
    expect((await graph.user("o'neil@other.example"))?.id).toBe(id);
    const { found, missing } = await graph.usersByIds([id.toUpperCase(), gone]);
    expect([found.map((one) => one.id), missing]).toEqual([[id], [gone]]);
    expect((await graph.deletedUser(gone))?.deletedDateTime).toBeInstanceOf(Date);
    expect(await graph.deletedUser(id)).toBeNull();
    expect(
      await graph.checkMemberGroups([
        { userId: id, groupIds: [groupId] },
        { userId: gone, groupIds: [groupId] },
      ]),
    ).toEqual(
      new Map<string, object>([
        [id, { named: [groupId] }],
        [gone, { notFound: true }],
      ]),
    );
  });

  test('reads all people, and those of a filter', async () => {
    const { graph, control } = await simulatedClient();
    control.bulk({ createUsers: 1_200 });
    control.addPerson({ displayName: "D'Or & Sons" });
    const everybody = await collect(graph.users());
    expect(everybody.length).toBeGreaterThan(1);
    expect(everybody.flatMap((page) => page.users).length).toBeGreaterThan(1_200);
    const some = (await collect(graph.users({ filter: "displayName eq 'D''Or & Sons'" }))).flatMap((page) => page.users);
    expect(some.map((person) => person.attributes.displayName)).toEqual(["D'Or & Sons"]);
    expect(await failureOf(collect(graph.users({ filter: "displayName eq 'open" })))).toMatchObject({ code: 'FILTER_INVALID' });
  });

  test('a soft-deleted group is not found, is among the deleted, and delta says that it may return', async () => {
    const { graph, control } = await simulatedClient();
    const groupId = control.createGroup('Short-lived');
    const { deltaLink } = await graph.groupsDeltaLatest([groupId]);
    control.softDeleteGroup(groupId);
    expect(await failureOf(graph.group(groupId))).toMatchObject({ code: 'GROUP_NOT_FOUND', retry: 'never' });
    expect((await graph.deletedGroup(groupId))?.id).toBe(groupId);
    expect(await graph.deletedUser(groupId)).toBeNull();
    const groups = (await collect(graph.groupsDeltaRound(deltaLink))).flatMap((page) => page.groups);
    expect(groups).toEqual([{ id: groupId, removed: 'changed', members: [] }]);
  });

  test('falls back to filters in batches where getByIds is refused', async () => {
    const { graph, control } = await simulatedClient({ simulator: { behaviours: { getByIdsWithUserRead: false } } });
    const ids = ['One', 'Two', 'Three'].map((displayName) => control.addPerson({ displayName }));
    expect((await graph.usersByIds(ids)).found.map((person) => person.id).sort()).toEqual(ids.sort());
  });

  test('tells changes of memberships and people by delta', async () => {
    const { graph, control, groupId } = await simulatedClient();
    const { deltaLink } = await graph.groupsDeltaLatest([groupId]);
    const users = await graph.usersDeltaLatest();
    const joined = control.addPerson({ displayName: 'New Comer', groups: [groupId] });
    const [first] = (await collect(graph.members(groupId))).flatMap((page) => page.members);
    control.removeMember(groupId, first?.id ?? '');
    control.disableUser(joined);
    const round = await collect(graph.groupsDeltaRound(deltaLink));
    const changes = round.flatMap((page) =>
      page.groups.flatMap((group) => group.members.map((member) => [group.id, member.id, member.removed])),
    );
    expect(changes).toEqual(
      expect.arrayContaining([
        [groupId, joined, false],
        [groupId, first?.id, true],
      ]),
    );
    expect(round.at(-1)?.deltaLink).toMatch(/^https:/);
    const people = (await collect(graph.usersDeltaRound(users.deltaLink))).flatMap((page) => page.users);
    expect(people.find((person) => person.id === joined)?.attributes).toMatchObject({ accountEnabled: false });
  });

  test('subscribes, renews, lists and ends; a second subscription on the same is taken', async () => {
    const { graph } = await simulatedClient();
    const url = await webhook();
    const wanted = {
      resource: '/groups',
      notificationUrl: `${url}n?k=1`,
      lifecycleNotificationUrl: `${url}l?k=1`,
      clientState: 'state',
      expiresAt: new Date(Date.now() + 86_400_000),
    };
    const created = await graph.subscriptions.create(wanted);
    expect(created).toMatchObject({ notificationUrl: wanted.notificationUrl, expiresAt: expect.any(Date) });
    expect(await failureOf(graph.subscriptions.create(wanted))).toMatchObject({ code: 'SUBSCRIPTION_TAKEN' });
    const later = new Date(Date.now() + 2 * 86_400_000);
    expect((await graph.subscriptions.renew(created.id, later)).expiresAt.getTime()).toBeGreaterThan(created.expiresAt.getTime());
    await graph.subscriptions.reauthorize(created.id);
    expect((await graph.subscriptions.list()).map((subscription) => subscription.id)).toEqual([created.id]);
    expect((await graph.subscriptions.get(created.id))?.id).toBe(created.id);
    expect(await graph.subscriptions.remove(created.id)).toBe(true);
    expect(await graph.subscriptions.remove(created.id)).toBe(false);
    expect(await failureOf(graph.subscriptions.renew(created.id, later))).toMatchObject({ code: 'SUBSCRIPTION_NOT_FOUND' });
  });

  test('a webhook that nobody answers is unreachable', async () => {
    const { graph } = await simulatedClient();
    const url = 'http://127.0.0.1:9/';
    const wanted = {
      resource: '/users',
      notificationUrl: url,
      lifecycleNotificationUrl: url,
      clientState: 's',
      expiresAt: new Date(Date.now() + 86_400_000),
    };
    expect(await failureOf(graph.subscriptions.create(wanted))).toMatchObject({ code: 'WEBHOOK_UNREACHABLE' });
  });
});
