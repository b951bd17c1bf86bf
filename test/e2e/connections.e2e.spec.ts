import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { RollcallInProcess, shortWaits } from '../support/rollcall-in-process.js';

describe('a connection in the hands of its admin', () => {
  let rollcall: RollcallInProcess;
  beforeAll(async () => {
    rollcall = await RollcallInProcess.start();
  });
  afterAll(() => rollcall.stop());

  it.concurrent('paused: nothing is applied; enabled again: it catches up', async () => {
    const tenant = await rollcall.connect();
    const before = await tenant.liveAccounts();
    await tenant.api.post(`/connections/${tenant.connectionId}/pause`);
    await eventually(() => expect(tenant.control.listSubscriptions()).toEqual([]));
    const [leaver, renamed] = tenant.control.memberIds(tenant.groupId) as [string, string];
    tenant.control.removeMember(tenant.groupId, leaver);
    tenant.control.updateUser(renamed, { displayName: 'Renamed In The Pause' });
    tenant.control.addPerson({ displayName: 'Joined In The Pause', groups: [tenant.groupId] });
    // Several sweeps long: nothing may happen in them.
    await delay(3 * shortWaits.sweepMs);
    expect(await tenant.liveAccounts()).toEqual(before);
    await tenant.enable();
    await tenant.untilEqual();
    await eventually(() => expect(tenant.control.listSubscriptions()).toHaveLength(2));
  });

  it.concurrent(
    'deleted: its subscriptions and its secret are gone, the accounts stay; the same tenant again finds the same people',
    async () => {
      const tenant = await rollcall.connect();
      const before = await tenant.accounts();
      const first = tenant.connectionId;
      expect(await tenant.api.request('DELETE', `/connections/${first}`)).toMatchObject({
        status: 200,
        body: { state: 'disconnected' },
      });
      expect(tenant.control.listSubscriptions()).toEqual([]);
      const { db } = rollcall.service.services;
      expect(await db.query('SELECT 1 FROM connections.credentials WHERE connection_id = $1', [first])).toEqual([]);
      const leaver = tenant.control.memberIds(tenant.groupId)[0]!;
      tenant.control.removeMember(tenant.groupId, leaver);
      expect((await tenant.accounts()).map(({ id, status }) => ({ id, status }))).toEqual(
        before.map(({ id, status }) => ({ id, status })),
      );

      await tenant.connect({ settled: false });
      await eventually(
        async () => {
          const now = await tenant.accounts();
          expect(now.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
          expect((await tenant.health()).baselines).toEqual([]);
        },
        { deadlineMs: 20_000, everyMs: 200 },
      );
      await tenant.join('After The Return');
    },
  );

  it.concurrent('beside another: a broken tenant, and a busy one, delay no other (invariant 9)', async () => {
    const [quiet, broken] = await Promise.all([rollcall.connect(), rollcall.connect()]);
    const before = await broken.liveAccounts();
    broken.control.setFault({ kind: 'throttle', retryAfterSeconds: 30, scope: { path: '^/v1.0' } });
    for (let number = 0; number < 5; number += 1)
      broken.control.addPerson({ displayName: `Stuck ${number}`, groups: [broken.groupId] });
    const joiner = quiet.control.addPerson({ displayName: 'Undisturbed', groups: [quiet.groupId] });
    await quiet.untilStatus(joiner, 'inactive', 5_000);
    expect(await broken.liveAccounts()).toEqual(before);
    expect((await quiet.accounts()).every(({ connectionId }) => connectionId === quiet.connectionId)).toBe(true);
    expect((await broken.accounts()).map(({ entraObjectId }) => entraObjectId)).not.toContain(joiner);
    broken.control.clearFaults();
  });
});
