import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { LiveTenant } from '../support/live-tenant.js';
import { RollcallInProcess } from '../support/rollcall-in-process.js';

describe('how Rollcall hears of changes', () => {
  let rollcall: RollcallInProcess;
  let polling: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start({ subscriptionBudget: 2 });
    polling = await RollcallInProcess.start({ reachable: false });
  });
  afterAll(async () => {
    await rollcall.stop();
    await polling.stop();
  });

  const resources = ({ control }: LiveTenant) =>
    control
      .listSubscriptions()
      .map((subscription) => String(subscription['resource']).replace(/^\//, ''))
      .toSorted();
  const until = (tenant: LiveTenant, mode: string, wanted: readonly string[]) =>
    eventually(
      async () => {
        const { mode: shown, problem } = await tenant.health();
        expect({ shown, problem }).toEqual({ shown: mode, problem: null });
        expect(resources(tenant)).toEqual(wanted);
      },
      { deadlineMs: 20_000, everyMs: 200 },
    );
  const connectionEvents = async (tenant: LiveTenant) => {
    const rows = await rollcall.service.services.db.query<{ value: Buffer }>(
      `SELECT value FROM messaging.log_records WHERE topic = 'connections.v1' ORDER BY partition, "offset"`,
    );
    const events = rows.map(({ value }) => JSON.parse(value.toString()) as { type: string; data: { connectionId: string } });
    return events.filter(({ data }) => data.connectionId === tenant.connectionId).map(({ type }) => type);
  };

  it.concurrent(
    'one subscription a group while they fit the budget, else one on all groups; it switches by itself, and hears both ways',
    async () => {
      const tenant = await rollcall.connect({ groups: ['Rollcall Users', 'Field Sales'] });
      const watched = ['Rollcall Users', 'Field Sales'].map((name) => tenant.groupNamed(name)) as [string, string];
      await until(tenant, 'perTenant', ['groups', 'users']);
      await tenant.join('Heard Of All', watched[1]);
      const unwatched = tenant.control.addPerson({ displayName: 'Not Ours', groups: [tenant.groupNamed('Leadership')] });

      await tenant.api.patch(`/connections/${tenant.connectionId}`, { scope: { groups: [watched[0]] } });
      await until(tenant, 'perGroup', [`groups/${watched[0]}`, 'users']);
      await tenant.join('Heard Of One', watched[0]);
      expect(await tenant.accountOf(unwatched)).toBeUndefined();
      expect((await tenant.health()).missedNotices).toBe(0);
    },
  );

  it.concurrent('a subscription that vanished is missed by the sweep, told, and made anew', async () => {
    const tenant = await rollcall.connect();
    await until(tenant, 'perGroup', [`groups/${tenant.groupId}`, 'users']);
    const gone = tenant.control.listSubscriptions().find(({ resource }) => String(resource).includes(tenant.groupId));
    tenant.control.dropSubscription(String(gone?.['id']));
    // The keeper looks after sweeps that found changes without a notice: several joiners may have been found by one sweep.
    const isBack = () => resources(tenant).includes(`groups/${tenant.groupId}`);
    for (let joiner = 1; joiner <= 10 && !isBack(); joiner += 1) await tenant.join(`Unheard ${joiner}`);
    await until(tenant, 'perGroup', [`groups/${tenant.groupId}`, 'users']);
    await eventually(async () =>
      expect((await connectionEvents(tenant)).slice(-2)).toEqual([
        'rollcall.subscription.lost',
        'rollcall.subscription.restored',
      ]),
    );
  });

  it.concurrent('what Graph asks to reauthorise is renewed at once; what it says was removed is made anew', async () => {
    const tenant = await rollcall.connect();
    await until(tenant, 'perGroup', [`groups/${tenant.groupId}`, 'users']);
    tenant.control.resetRequestCounts();
    tenant.control.sendLifecycle('reauthorizationRequired');
    await eventually(() => {
      const renewals = Object.entries(tenant.control.requestCounts()).filter(([route]) =>
        /^(PATCH|POST) \/subscriptions\/:id/.test(route),
      );
      expect(renewals.flatMap(([, counts]) => Object.values(counts)).reduce((sum, count) => sum + count, 0)).toBe(2);
    });
    const gone = tenant.control.listSubscriptions().find(({ resource }) => String(resource).includes(tenant.groupId));
    tenant.control.sendLifecycle('subscriptionRemoved', String(gone?.['id']));
    tenant.control.dropSubscription(String(gone?.['id']));
    await eventually(async () => expect(resources(tenant)).toEqual([`groups/${tenant.groupId}`, 'users']));
    await tenant.join('Heard Again');
  });

  it.concurrent('without an address that Graph reaches the same chains run on the sweep, without a subscription', async () => {
    const tenant = await polling.connect();
    await until(tenant, 'polling', []);
    const joiner = await tenant.join('Polled Joiner');
    tenant.control.removeMember(tenant.groupId, joiner);
    await tenant.untilEqual();
    expect(await tenant.health()).toMatchObject({ missedNotices: 0, degradedSince: null });
  });
});
