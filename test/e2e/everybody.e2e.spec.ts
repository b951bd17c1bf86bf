import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVERYBODY } from '#contracts';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

interface RunRow {
  id: string;
  state: string;
  summary: { fetched: number; processed: number; deactivated: number; unchanged: number } | null;
}

describe('where everybody of the tenant is in scope', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  async function fullSync({ api, connectionId }: LiveTenant): Promise<RunRow> {
    const ask = () => api.post<RunRow>(`/connections/${connectionId}/sync-runs`, { kind: 'full', apply: 'automatic' });
    // The comparison that follows the baseline may be in work.
    const { id } = await eventually(ask, { deadlineMs: 30_000, everyMs: 200 });
    return eventually(
      async () => {
        const run = await api.get<RunRow>(`/sync-runs/${id}`);
        expect(run.state).toBe('completed');
        return run;
      },
      { deadlineMs: 30_000, everyMs: 200 },
    );
  }

  it.concurrent('follows who joins, changes, is disabled, deleted and restored, without any group (invariant 3)', async () => {
    const tenant = await rollcall.connect({ everybody: true });
    const { control } = tenant;
    const health = await tenant.health();
    expect(health.subscriptions.map(({ resource }) => resource)).toEqual(['/users']);
    expect(health.people.skippedByReason).toMatchObject({ GUEST_EXCLUDED: expect.any(Number) as number });

    const id = control.addPerson({ displayName: 'New Comer' });
    await tenant.untilStatus(id, 'inactive');
    expect((await tenant.activity()).filter(({ type }) => type === 'rollcall.membership.granted')).toEqual([]);
    control.updateUser(id, { displayName: 'Renamed Comer' });
    await eventually(async () => expect(await tenant.accountOf(id)).toMatchObject({ displayName: 'Renamed Comer' }));
    control.disableUser(id);
    await tenant.untilStatus(id, 'deactivated');
    control.enableUser(id);
    await tenant.untilStatus(id, 'inactive');
    control.softDeleteUser(id);
    await tenant.untilStatus(id, 'deactivated');
    control.restore(id);
    await tenant.untilStatus(id, 'inactive');
    await tenant.untilEverybody();
  });

  it.concurrent('gives the grants of the groups that are watched beside it', async () => {
    const tenant = await rollcall.connect({ everybody: true, groups: ['Rollcall Users'] });
    const someone = tenant.control.addPerson({ displayName: 'Group Comer' });
    await tenant.untilStatus(someone, 'inactive');
    tenant.control.addMember(tenant.groupId, someone);
    const grants = async () =>
      (await tenant.activity()).filter(({ entraObjectId, groupId }) => entraObjectId === someone && groupId !== null);
    await eventually(async () => expect(await grants()).toMatchObject([{ type: 'rollcall.membership.granted' }]));
    tenant.control.removeMember(tenant.groupId, someone);
    await eventually(async () => expect((await grants()).at(-1)).toMatchObject({ type: 'rollcall.membership.revoked' }));
    expect(await tenant.accountOf(someone)).toMatchObject({ status: 'inactive' });
  });

  it.concurrent('a full sync finds who went unheard, and a second one has nothing to publish', async () => {
    const tenant = await rollcall.connect({ everybody: true });
    const { control, api, connectionId } = tenant;
    await api.post(`/connections/${connectionId}/pause`);
    const [gone] = Object.keys(await tenant.liveAccounts()) as [string];
    control.softDeleteUser(gone);
    const run = await fullSync(tenant);
    expect(run.summary).toMatchObject({ deactivated: 1 });
    expect(await tenant.accountOf(gone)).toMatchObject({ status: 'deactivated' });
    expect((await fullSync(tenant)).summary).toMatchObject({ deactivated: 0, processed: run.summary?.processed });
    const { items } = await api.get<{ items: { groupId: string }[] }>(`/sync-runs/${run.id}/proof`);
    expect(new Set(items.map(({ groupId }) => groupId))).toEqual(new Set([EVERYBODY]));
  });

  it.concurrent(
    'widened from groups it takes in the rest; narrowed again it asks before so many lose their accounts',
    async () => {
      const tenant = await rollcall.connect();
      const { api, connectionId } = tenant;
      const few = Object.keys(await tenant.liveAccounts());
      await api.patch(`/connections/${connectionId}`, { scope: { mode: 'allUsers' } });
      await tenant.untilEverybody();
      const everybody = Object.keys(await tenant.liveAccounts());
      await api.patch(`/connections/${connectionId}`, { scope: { mode: 'groups' } });
      await eventually(async () => expect((await tenant.held()).length).toBe(everybody.length - few.length), {
        deadlineMs: 20_000,
        everyMs: 200,
      });
      expect(Object.keys(await tenant.liveAccounts())).toEqual(everybody);
      await tenant.expectNobodyRemoved(few);
    },
  );

  it.concurrent('narrowed to a group that nobody has read yet it lets go of nobody who is in there', async () => {
    const settings = { guard: { maxRemovals: null, maxRemovalPercent: 100 } };
    const tenant = await rollcall.connect({ everybody: true, settings });
    const everybody = Object.keys(await tenant.liveAccounts());
    const group = { mode: 'groups', groups: [tenant.groupId] };
    await tenant.api.patch(`/connections/${tenant.connectionId}`, { scope: group });
    const granted = async () =>
      (await tenant.activity()).filter(({ type }) => type === 'rollcall.membership.granted').map((row) => row.entraObjectId);
    const members = await eventually(
      async () => {
        const inGroup = await granted();
        expect(inGroup.length).toBeGreaterThan(0);
        expect(Object.keys(await tenant.liveAccounts()).sort()).toEqual([...inGroup].sort());
        return inGroup;
      },
      { deadlineMs: 30_000, everyMs: 200 },
    );
    expect(members.length).toBeLessThan(everybody.length);
    await tenant.expectNobodyRemoved(members);
  });
});
