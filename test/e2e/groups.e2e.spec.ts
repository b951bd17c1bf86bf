import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import type { Listing } from '../support/rollcall-api.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

interface GroupRow {
  id: string;
  displayName: string | null;
}
interface MemberRow {
  entraObjectId: string;
  status: string | null;
  inDirectory: boolean;
  granted: boolean;
  kept: string | null;
  skipped: { code: string } | null;
}

describe('a watched group and its people', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  const groups = async (tenant: LiveTenant) =>
    (await tenant.api.get<Listing<GroupRow>>(`/groups?connectionId=${tenant.connectionId}`)).items;
  const members = async (tenant: LiveTenant, groupId: string) =>
    (await tenant.api.get<Listing<MemberRow>>(`/groups/${groupId}/members?connectionId=${tenant.connectionId}&limit=1000`)).items;
  const memberOf = async (tenant: LiveTenant, groupId: string, id: string) =>
    (await members(tenant, groupId)).find(({ entraObjectId }) => entraObjectId === id);

  it.concurrent(
    'renamed: the name follows; deleted: every removal is held; restored: what was held dissolves (invariant 5)',
    async () => {
      const tenant = await rollcall.connect();
      const { control, groupId } = tenant;
      const before = await tenant.liveAccounts();
      control.renameGroup(groupId, 'Rollcall Crew');
      await eventually(async () =>
        expect(await groups(tenant)).toContainEqual(expect.objectContaining({ displayName: 'Rollcall Crew' })),
      );

      control.softDeleteGroup(groupId);
      await eventually(async () => expect((await tenant.held()).length).toBeGreaterThanOrEqual(25), {
        deadlineMs: 20_000,
        everyMs: 200,
      });
      expect(await tenant.liveAccounts()).toEqual(before);
      control.restore(groupId);
      await eventually(async () => expect(await tenant.held()).toEqual([]), { deadlineMs: 30_000, everyMs: 200 });
      expect(await tenant.liveAccounts()).toEqual(before);
      await tenant.expectNobodyRemoved(Object.keys(before));
    },
  );

  it.concurrent('shown as empty by its baseline: nobody is made or removed by that, it is said, and delta goes on', async () => {
    const tenant = await rollcall.connect({ groups: ['New Hires (empty)', 'Works Council (hidden)'], settled: false });
    const [empty, hidden] = ['New Hires (empty)', 'Works Council (hidden)'].map((name) => tenant.groupNamed(name)) as [
      string,
      string,
    ];
    await eventually(async () => expect((await tenant.health()).baselines).toEqual([]), { deadlineMs: 20_000, everyMs: 200 });
    const report = await tenant.api.post<{ checks: { name: string; code: string | null }[] }>(
      `/connections/${tenant.connectionId}/test`,
    );
    for (const id of [empty, hidden])
      expect(report.checks).toContainEqual(expect.objectContaining({ name: `group:${id}`, code: 'GROUP_EMPTY' }));
    await tenant.join('First Hire', empty);
    expect(await tenant.liveAccounts()).toEqual(tenant.qualified([empty]));
  });

  it.concurrent(
    'of people, guests, groups, devices and contacts: each who gets no account is listed with the reason',
    async () => {
      const tenant = await rollcall.connect({
        groups: ['Everything Else', 'All Sales (nested)'],
        settings: { identity: { email: ['mail'] } },
        settled: false,
      });
      const { control } = tenant;
      const everything = tenant.groupNamed('Everything Else');
      const person = (name: string) => control.users({ q: name })[0]!;
      const noMail = person('Nomail');
      const guest = person('Gina');
      await eventually(
        async () => {
          expect(await memberOf(tenant, everything, noMail.id)).toMatchObject({
            status: null,
            skipped: { code: 'NO_USABLE_EMAIL' },
          });
          expect(await memberOf(tenant, everything, guest.id)).toMatchObject({ status: null });
          expect((await tenant.accounts()).length).toBe(6);
        },
        { deadlineMs: 20_000, everyMs: 200 },
      );
      const report = await tenant.api.post<{ checks: { code: string | null }[] }>(`/connections/${tenant.connectionId}/test`);
      expect(report.checks).toContainEqual(expect.objectContaining({ code: 'GROUP_CONTAINS_GROUPS' }));

      control.updateUser(noMail.id, { mail: 'nora@found.example' });
      await tenant.untilStatus(noMail.id, 'inactive');
      await tenant.api.patch(`/connections/${tenant.connectionId}`, { settings: { include: { guests: true } } });
      await tenant.untilStatus(guest.id, 'inactive');
      await tenant.api.patch(`/connections/${tenant.connectionId}`, { settings: { include: { guests: false } } });
      await tenant.untilStatus(guest.id, 'deactivated');
    },
  );

  it.concurrent('with two people of one address: the second waits, and gets it when it is free; two may swap', async () => {
    const tenant = await rollcall.connect();
    const { control, groupId } = tenant;
    const first = await tenant.join('First Owner');
    const address = (await tenant.accountOf(first))?.email ?? '';
    const second = control.addPerson({ displayName: 'Second Owner', mail: address, groups: [groupId] });
    await eventually(async () =>
      expect(await memberOf(tenant, groupId, second)).toMatchObject({ status: null, skipped: { code: 'EMAIL_CONFLICT' } }),
    );
    control.updateUser(first, { mail: 'moved.on@elsewhere.example' });
    expect(await tenant.untilStatus(second, 'inactive')).toMatchObject({ email: address });
    control.swapAddresses(first, second);
    await eventually(async () => {
      expect(await tenant.accountOf(first)).toMatchObject({ email: address, status: 'inactive' });
      expect(await tenant.accountOf(second)).toMatchObject({ email: 'moved.on@elsewhere.example', status: 'inactive' });
    });
  });
});
