import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

interface Run {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly summary: Record<string, unknown> | null;
  readonly error: unknown;
}

const GROUP = 'Leadership';

describe('with live sync off', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  const switchLive = (tenant: LiveTenant, live: boolean) =>
    tenant.api.patch(`/connections/${tenant.connectionId}`, { settings: { trigger: { live } } });
  const untilWaiting = (tenant: LiveTenant, people: number) =>
    eventually(async () => expect((await tenant.health()).people.waiting).toBe(people), { deadlineMs: 30_000 });
  const runs = async (tenant: LiveTenant) =>
    (await tenant.api.get<{ items: Run[] }>(`/sync-runs?connectionId=${tenant.connectionId}`)).items;
  const fullSync = async (tenant: LiveTenant) => {
    const { id } = await tenant.api.post<Run>(`/connections/${tenant.connectionId}/sync-runs`, {
      kind: 'full',
      apply: 'automatic',
    });
    return eventually(
      async () => {
        const run = await tenant.api.get<Run>(`/sync-runs/${id}`);
        expect(run.state, JSON.stringify(run.error)).toBe('completed');
        return run;
      },
      { deadlineMs: 60_000 },
    );
  };

  it('changes are read and only counted; a run applies them, and live sync takes up the rest when it is on again', async () => {
    const tenant = await rollcall.connect({ groups: [GROUP] });
    const group = tenant.groupNamed(GROUP);
    const leaver = (await tenant.accounts()).find(({ status }) => status !== 'deactivated')!.entraObjectId;
    await switchLive(tenant, false);
    const before = await tenant.activity();
    const newcomer = tenant.control.addPerson({ displayName: 'Comes While Off', groups: [group] });
    tenant.control.removeMember(group, leaver);
    await untilWaiting(tenant, 2);
    expect(await tenant.activity(), 'nothing is applied').toEqual(before);
    expect((await tenant.health()).mode, 'it is still heard of').toBe('perGroup');

    expect((await fullSync(tenant)).summary).toMatchObject({
      created: 1,
      granted: 1,
      deactivated: 1,
      revoked: 1,
      missedNotices: 0,
    });
    expect(await tenant.accountOf(newcomer)).toMatchObject({ status: 'inactive' });
    expect(await tenant.accountOf(leaver)).toMatchObject({ status: 'deactivated' });
    await untilWaiting(tenant, 0);

    const second = tenant.control.addPerson({ displayName: 'Comes Later', groups: [group] });
    tenant.control.addMember(group, leaver);
    await untilWaiting(tenant, 2);
    await switchLive(tenant, true);
    await tenant.untilStatus(second, 'inactive');
    await tenant.untilStatus(leaver, 'inactive');
    await untilWaiting(tenant, 0);
  }, 120_000);

  it('no run begins by itself that nobody and no schedule asked for; those that were wanted begin when it is on', async () => {
    const tenant = await rollcall.connect({
      groups: [GROUP],
      settings: { trigger: { live: false, fullSync: null } },
      settled: false,
    });
    await eventually(async () => expect((await tenant.health()).baselines).toHaveLength(1), { deadlineMs: 30_000 });
    const newcomer = tenant.control.addPerson({ displayName: 'Comes Before Any Run', groups: [tenant.groupNamed(GROUP)] });
    await untilWaiting(tenant, 1);
    expect(await runs(tenant)).toEqual([]);
    expect(await tenant.accounts()).toEqual([]);
    await switchLive(tenant, true);
    await tenant.untilStatus(newcomer, 'inactive');
    await eventually(async () => expect((await runs(tenant)).map(({ reason }) => reason)).toContain('BASELINE'), {
      deadlineMs: 30_000,
    });
    await tenant.untilSettled([tenant.groupNamed(GROUP)]);
  }, 120_000);
});
