import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

describe('a client secret', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  /** Tokens that live a few seconds: a secret that ends is noticed at once. */
  const connect = () => rollcall.connect({ simulator: { behaviours: { tokenLifetimeSeconds: 4 } } });
  const until = (tenant: LiveTenant, code: string) =>
    eventually(
      async () => {
        const { state, reason } = await tenant.connection();
        expect([state, reason?.code]).toEqual(['quarantined', code]);
      },
      { deadlineMs: 20_000, everyMs: 200 },
    );
  const tokenRequests = ({ control }: LiveTenant) =>
    Object.entries(control.requestCounts())
      .filter(([route]) => route.includes('token'))
      .flatMap(([, byStatus]) => Object.values(byStatus))
      .reduce((sum, count) => sum + count, 0);

  it.concurrent(
    'that expired costs one token request a minute at most, removes nobody, and a new one resumes within a minute',
    async () => {
      const tenant = await connect();
      const { control, groupId } = tenant;
      const before = control.memberIds(groupId);
      control.expireSecret();
      await until(tenant, 'SECRET_EXPIRED');
      control.resetRequestCounts();
      const joiner = control.addPerson({ displayName: 'Patient Joiner', groups: [groupId] });
      control.removeMember(groupId, before[0]!);
      const test = await tenant.api.post<{ checks: { code: string | null }[] }>(`/connections/${tenant.connectionId}/test`);
      expect(test.checks.map(({ code }) => code)).toContain('SECRET_EXPIRED');
      // Long enough for every task of the services to have had its turn several times.
      await delay(12_000);
      expect(tokenRequests(tenant)).toBeLessThanOrEqual(1);
      await tenant.expectNobodyRemoved(before);

      const refused = await tenant.api.request('PATCH', `/connections/${tenant.connectionId}`, {
        credential: { clientSecret: 'wrong' },
      });
      expect(refused).toMatchObject({ status: 422, body: { code: 'SECRET_INVALID' } });
      const { value: secret } = control.rotateSecret();
      await tenant.api.patch(`/connections/${tenant.connectionId}`, { credential: { clientSecret: secret } });
      await tenant.untilStatus(joiner, 'inactive', 60_000);
      await eventually(async () => expect((await tenant.connection()).state).toBe('enabled'));
      await tenant.untilEqual();
      await tenant.expectNobodyRemoved(before.slice(1));
    },
  );

  it.concurrent('that is wrong is named, removes nobody, and a new one is proved before it replaces the old', async () => {
    const tenant = await connect();
    const { control, groupId } = tenant;
    const before = control.memberIds(groupId);
    const refused = await tenant.api.request('PATCH', `/connections/${tenant.connectionId}`, {
      credential: { clientSecret: 'wrong' },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'SECRET_INVALID' } });
    await tenant.join('Old Secret Works');

    const { value: secret } = control.rotateSecret();
    await until(tenant, 'SECRET_INVALID');
    const joiner = control.addPerson({ displayName: 'New Secret Joiner', groups: [groupId] });
    await tenant.api.patch(`/connections/${tenant.connectionId}`, { credential: { clientSecret: secret } });
    await tenant.untilStatus(joiner, 'inactive', 60_000);
    await tenant.untilEqual();
    await tenant.expectNobodyRemoved(before);
  });

  it.concurrent('with a known end is not tried after it', async () => {
    const tenant = await connect();
    await tenant.api.patch(`/connections/${tenant.connectionId}`, {
      credential: { clientSecret: tenant.simulator.clientSecret, expiresAt: new Date(Date.now() + 1_000).toISOString() },
    });
    await delay(6_000);
    tenant.control.resetRequestCounts();
    await delay(8_000);
    expect(tokenRequests(tenant)).toBeLessThanOrEqual(1);
  });
});
