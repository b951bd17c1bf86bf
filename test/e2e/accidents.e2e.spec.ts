import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

interface Run {
  id: string;
  state: string;
  summary: { unreadable: { groupId: string; code: string }[]; deactivated: number; revoked: number } | null;
}

const TOKENS_LIVE_MS = 2 * 3_600_000;

/** Accidents that products of this field have had, against the whole system; docs/full-sync.md names the tests of the others. */
describe('accidents of the field', () => {
  let rollcall: RollcallInProcess;
  let other: RollcallInProcess;
  beforeAll(async () => {
    [rollcall, other] = [await RollcallInProcess.start(), await RollcallInProcess.start()];
  });
  afterAll(async () => {
    await rollcall.stop();
    await other.stop();
  });

  async function ended(tenant: LiveTenant, id: string): Promise<Run> {
    return eventually(
      async () => {
        const run = await tenant.api.get<Run>(`/sync-runs/${id}`);
        expect(['completed', 'failed']).toContain(run.state);
        return run;
      },
      { deadlineMs: 60_000, everyMs: 200 },
    );
  }
  async function fullSync(tenant: LiveTenant): Promise<Run> {
    const path = `/connections/${tenant.connectionId}/sync-runs`;
    const answer = await eventually(
      async () => {
        const { status, body } = await tenant.api.request('POST', path, { kind: 'full', apply: 'automatic' });
        expect(status).toBe(202);
        return body as Run;
      },
      { deadlineMs: 30_000, everyMs: 200 },
    );
    return ended(tenant, answer.id);
  }
  const deactivated = async (tenant: LiveTenant) =>
    (await tenant.api.get<Listing<AccountRow>>(`/accounts?connectionId=${tenant.connectionId}&status=deactivated`)).items;
  const quiet = (tenant: LiveTenant) =>
    eventually(async () => expect((await tenant.health()).rechecks.size).toBe(0), { deadlineMs: 60_000, everyMs: 250 });

  it.concurrent('an empty 200 answer for a group that is not empty: GROUP_EMPTY, and nobody goes (invariant 4)', async () => {
    const tenant = await rollcall.connect();
    const before = tenant.control.memberIds(tenant.groupId);
    tenant.control.setFault({ kind: 'emptyPage', scope: { path: '/members' } });
    const { summary } = await fullSync(tenant);
    expect(summary).toMatchObject({ deactivated: 0, revoked: 0 });
    expect(summary?.unreadable).toEqual([{ groupId: tenant.groupId, code: 'GROUP_EMPTY' }]);
    tenant.control.clearFaults();
    await quiet(tenant);
    await tenant.untilEqual();
    await tenant.expectNobodyRemoved(before);
  });

  it.concurrent('a page that is cut off in the middle: it is asked for again, and nobody goes (invariant 4)', async () => {
    const tenant = await rollcall.connect();
    const before = tenant.control.memberIds(tenant.groupId);
    tenant.control.setFault({ kind: 'truncate', scope: { path: '/members' }, times: 2 });
    expect(await fullSync(tenant)).toMatchObject({ state: 'completed', summary: { unreadable: [], deactivated: 0 } });
    await tenant.expectNobodyRemoved(before);
  });

  it.concurrent(
    'the permission for hidden membership is lost: the group looks empty, and nobody goes (invariant 4)',
    async () => {
      const tenant = await rollcall.connect({ enabled: false, groups: ['Works Council (hidden)'] });
      const { control } = tenant;
      const hidden = tenant.groupNamed('Works Council (hidden)');
      control.setConsent(['Group.Read.All', 'User.Read.All', 'Member.Read.Hidden']);
      control.advanceClock(TOKENS_LIVE_MS);
      await tenant.enable();
      await tenant.untilSettled([hidden]);
      const before = control.memberIds(hidden);
      expect(before.length).toBeGreaterThan(0);
      control.setConsent(['Group.Read.All', 'User.Read.All']);
      control.advanceClock(TOKENS_LIVE_MS);
      const { summary } = await fullSync(tenant);
      expect(summary?.unreadable.map(({ groupId }) => groupId) ?? [hidden]).toEqual([hidden]);
      expect(Object.keys(await tenant.liveAccounts()).toSorted()).toEqual(before.toSorted());
      await tenant.expectNobodyRemoved(before);
    },
  );

  it.concurrent(
    'a group is replaced by another of the same name: the other is not taken for it, removals are held (invariant 5)',
    async () => {
      const tenant = await other.connect();
      const { control, groupId } = tenant;
      const before = await tenant.liveAccounts();
      const [group] = control.groups().filter(({ id }) => id === groupId);
      control.softDeleteGroup(groupId);
      const impostor = control.createGroup(group!.displayName);
      const stranger = control.addPerson({ displayName: 'Stranger In The Copy', groups: [impostor] });
      await eventually(async () => expect((await tenant.held()).length).toBeGreaterThanOrEqual(25), {
        deadlineMs: 20_000,
        everyMs: 200,
      });
      await fullSync(tenant);
      expect(await tenant.liveAccounts()).toEqual(before);
      expect(await tenant.accountOf(stranger)).toBeUndefined();
      expect((await tenant.activity()).filter(({ type }) => type.endsWith('.deactivated') || type.endsWith('.revoked'))).toEqual(
        [],
      );
    },
  );

  it.concurrent('the last super admin leaves the group: the account stays, live and in a run (invariant 8)', async () => {
    const tenant = await other.connect();
    const { control, groupId } = tenant;
    const [admin, colleague] = control.memberIds(groupId) as [string, string];
    for (const id of [admin, colleague]) {
      const { id: accountId } = (await tenant.accountOf(id))!;
      await tenant.api.patch(`/accounts/${accountId}`, { roles: ['superAdmin'] });
    }
    control.removeMember(groupId, colleague);
    await tenant.untilStatus(colleague, 'deactivated');
    control.removeMember(groupId, admin);
    await eventually(async () =>
      expect((await tenant.held()).filter(({ entraObjectId }) => entraObjectId === admin)).toEqual([
        expect.objectContaining({ reason: expect.objectContaining({ code: 'LAST_SUPER_ADMIN' }) as unknown }),
      ]),
    );
    await fullSync(tenant);
    expect(await tenant.accountOf(admin)).toMatchObject({ status: 'inactive', roles: ['superAdmin'] });
  });

  it.concurrent(
    'a run that starts while 1,000 changes are in flight: everybody ends as the tenant has them (invariant 3)',
    async () => {
      const tenant = await other.connect();
      const { control, groupId } = tenant;
      const [leaver, ...stayers] = control.memberIds(groupId) as [string, ...string[]];
      for (let batch = 0; batch < 9; batch += 1) control.bulk({ createUsers: 100, group: groupId });
      control.removeMember(groupId, leaver);
      const running = fullSync(tenant);
      const joiners = Array.from({ length: 50 }, (_, n) => control.addPerson({ displayName: `In Flight ${n}` }));
      for (const joiner of joiners) control.addMember(groupId, joiner);
      for (const id of [...stayers, ...joiners].slice(0, 49)) control.updateUser(id, { displayName: 'Renamed In Flight' });
      await running;
      await tenant.untilEqual([groupId], 120_000);
      await quiet(tenant);
      expect(await tenant.accountOf(leaver)).toMatchObject({ status: 'deactivated' });
      expect((await deactivated(tenant)).map(({ entraObjectId }) => entraObjectId)).toEqual([leaver]);
      await tenant.expectNobodyRemoved([...stayers, ...joiners]);
    },
  );
});
