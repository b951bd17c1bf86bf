import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

const LONGER_THAN_A_TOKEN_LIVES_MS = 2 * 3_600_000;

interface SelfTest {
  ok: boolean;
  checks: { name: string; ok: boolean; code: string | null; message: string; remedy: string | null }[];
}

describe('what the application may not do', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  const selfTest = (tenant: LiveTenant) => tenant.api.post<SelfTest>(`/connections/${tenant.connectionId}/test`);
  /** New consent shows in new tokens only, so every token that anybody holds has run out a moment later. */
  const consent = ({ control }: LiveTenant, roles: readonly string[]) => {
    control.setConsent(roles);
    control.advanceClock(LONGER_THAN_A_TOKEN_LIVES_MS);
  };

  it.concurrent('without Group.Read.All the sweep stands in, and names the permission that makes it live', async () => {
    const tenant = await rollcall.connect({ enabled: false });
    tenant.control.setConsent(['GroupMember.Read.All', 'User.Read.All']);
    await tenant.enable();
    await eventually(
      async () => {
        const { mode, problem } = await tenant.health();
        expect({ mode, problem }).toMatchObject({ mode: 'sweepOnly', problem: { code: 'CONSENT_MISSING' } });
        expect(problem?.message).toContain('Group.Read.All');
      },
      { deadlineMs: 20_000 },
    );
    await tenant.join('Swept Joiner');
    await tenant.untilEqual();
  });

  it.concurrent('without User.Read.All nobody is created, changed or removed, until it is granted', async () => {
    const tenant = await rollcall.connect();
    const { control, groupId } = tenant;
    const before = await tenant.liveAccounts();
    consent(tenant, ['Group.Read.All']);
    const [renamed, leaverToBe] = control.memberIds(groupId) as [string, string];
    control.updateUser(renamed, { displayName: 'Renamed Unseen' });
    const joiner = control.addPerson({ displayName: 'Unreadable Joiner', groups: [groupId] });
    await eventually(
      async () => {
        const { state, reason } = await tenant.connection();
        expect([state, reason?.code]).toEqual(['quarantined', 'MEMBERS_UNREADABLE']);
      },
      { deadlineMs: 20_000, everyMs: 200 },
    );
    const { checks } = await selfTest(tenant);
    expect(checks.filter((check) => !check.ok).map(({ code }) => code)).toContain('MEMBERS_UNREADABLE');
    expect(await tenant.liveAccounts()).toEqual(before);
    expect(await tenant.accountOf(joiner)).toBeUndefined();
    expect((await tenant.health()).people.skippedByReason).not.toHaveProperty('NO_USABLE_EMAIL');

    control.setConsent(['Group.Read.All', 'User.Read.All']);
    control.removeMember(groupId, leaverToBe);
    await tenant.untilEqual(undefined, 150_000);
    await eventually(async () => expect((await tenant.connection()).state).toBe('enabled'));
    await tenant.expectNobodyRemoved(Object.keys(before).filter((id) => id !== leaverToBe));
  });

  it.concurrent('permissions that are absent from the token: the self-test asks how they were granted', async () => {
    const tenant = await rollcall.connect({ enabled: false });
    tenant.control.setConsent([]);
    const report = await selfTest(tenant);
    expect(report.ok).toBe(false);
    const denied = report.checks.filter((check) => check.code === 'CONSENT_MISSING');
    expect(denied.length).toBeGreaterThanOrEqual(2);
    for (const { message, remedy } of denied.filter(({ name }) => name.startsWith('permission:'))) {
      expect(message).toMatch(/granted as Application, not Delegated/);
      expect(remedy).not.toBeNull();
    }
    tenant.control.setConsent(['Group.Read.All', 'User.Read.All']);
    expect((await selfTest(tenant)).checks.filter((check) => !check.ok)).toEqual([]);
  });

  it.concurrent(
    'consent that is withdrawn is named, removes nobody, and is back within a minute or so of being given again',
    async () => {
      const tenant = await rollcall.connect();
      const before = tenant.control.memberIds(tenant.groupId);
      tenant.control.withdrawConsent();
      await eventually(
        async () => {
          const { state, reason } = await tenant.connection();
          expect([state, reason?.code]).toEqual(['quarantined', 'CONSENT_MISSING']);
        },
        { deadlineMs: 20_000, everyMs: 200 },
      );
      await tenant.expectNobodyRemoved(before);
      tenant.control.setConsent(['Group.Read.All', 'User.Read.All']);
      const joiner = tenant.control.addPerson({ displayName: 'Late Joiner', groups: [tenant.groupId] });
      await tenant.untilStatus(joiner, 'inactive', 150_000);
      await eventually(async () => expect((await tenant.connection()).state).toBe('enabled'));
      await tenant.untilEqual();
      await tenant.expectNobodyRemoved(before);
    },
  );
});
