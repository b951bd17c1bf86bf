import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { AccountRow, Listing } from '../support/rollcall-api.js';
import type { RollcallSystem } from '../support/rollcall-system.js';

/** A change has to show within this time (issue "spine", acceptance 1). */
const VISIBLE_MS = 2_000;

/** The same stories on every pair of engines. */
export function describeScenarios(name: string, start: () => Promise<RollcallSystem>): void {
  describe(name, () => {
    let started: RollcallSystem | undefined;
    let system: RollcallSystem;

    beforeAll(async () => {
      started = await start();
      system = started;
      await eventually(async () => expect((await accounts()).length).toBeGreaterThanOrEqual(25), {
        deadlineMs: 60_000,
        everyMs: 250,
      });
    });

    afterAll(async () => {
      await started?.stop();
    });

    const accounts = async (query = '') => {
      const { items } = await system.api.get<Listing<AccountRow>>(
        `/accounts?connectionId=${system.connectionId}&limit=1000${query}`,
      );
      return items;
    };
    const accountOf = async (entraObjectId: string) =>
      (await accounts()).find((account) => account.entraObjectId === entraObjectId);

    const join = async (displayName: string) => {
      const user = await system.tenant.addUser(displayName);
      await system.tenant.addMember(system.groupId, user.id);
      const account = await eventually(async () => {
        const found = await accountOf(user.id);
        expect(found).toBeDefined();
        return found!;
      });
      return { user, account };
    };

    it('gives everybody in the watched group an account, inactive by default', async () => {
      const members = await system.tenant.members(system.groupId);
      const rows = await accounts();
      expect(rows.map((row) => row.entraObjectId).toSorted()).toEqual(members.map((member) => member.id).toSorted());
      expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['inactive']));
    });

    it('shows a joiner within 2 s, and why; deactivates a leaver within 2 s (invariants 3 and 7)', async () => {
      const user = await system.tenant.addUser('Jo Iner');
      await system.tenant.addMember(system.groupId, user.id);
      const account = await eventually(
        async () => {
          const found = await accountOf(user.id);
          expect(found).toMatchObject({ displayName: 'Jo Iner', email: user.mail, status: 'inactive' });
          return found!;
        },
        { deadlineMs: VISIBLE_MS },
      );
      const why = await system.api.get<{ journal: unknown[]; groups: unknown[] }>(`/accounts/${account.id}/why`);
      expect(why.groups).toHaveLength(1);
      expect(why.journal.length).toBeGreaterThanOrEqual(2);

      await system.tenant.removeMember(system.groupId, user.id);
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ status: 'deactivated' }), {
        deadlineMs: VISIBLE_MS,
      });
    });

    it('follows a rename, a disable and an enable', async () => {
      const { user } = await join('Re Named');
      await system.tenant.updateUser(user.id, { displayName: 'Renamed Person' });
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ displayName: 'Renamed Person' }));
      await system.tenant.updateUser(user.id, { accountEnabled: false });
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ status: 'deactivated' }));
      await system.tenant.updateUser(user.id, { accountEnabled: true });
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ status: 'inactive' }), {
        deadlineMs: 20_000,
      });
    });

    it('deactivates a deleted person and gives a restored one the status from before', async () => {
      const { user, account } = await join('Del Eted');
      await system.api.post('/accounts/activate', { ids: [account.id] });
      await system.tenant.deleteUser(user.id);
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ status: 'deactivated' }));
      await system.tenant.restore(user.id);
      await eventually(async () => expect(await accountOf(user.id)).toMatchObject({ status: 'active' }), {
        deadlineMs: 30_000,
        everyMs: 250,
      });
    });

    it('holds the removals when the group is emptied, releases some, and lets the rest dissolve when they return (invariant 5)', async () => {
      const before = await system.tenant.members(system.groupId);
      for (const member of before) await system.tenant.removeMember(system.groupId, member.id);
      const held = await eventually(
        async () => {
          const { items } = await system.api.get<Listing<{ id: string; entraObjectId: string; action: string }>>(
            `/held-changes?connectionId=${system.connectionId}&limit=1000`,
          );
          expect(items.length).toBeGreaterThan(0);
          return items;
        },
        { deadlineMs: 20_000 },
      );
      const live = (await accounts()).filter((row) => row.status !== 'deactivated');
      expect(live.length).toBeGreaterThan(0);

      const [first] = held;
      await system.api.post('/held-changes/release', { ids: [first!.id] });
      await eventually(async () => expect(await accountOf(first!.entraObjectId)).toMatchObject({ status: 'deactivated' }));

      for (const member of before) await system.tenant.addMember(system.groupId, member.id);
      await eventually(
        async () => {
          const { items } = await system.api.get<Listing<unknown>>(`/held-changes?connectionId=${system.connectionId}`);
          expect(items).toEqual([]);
          const stillDeactivated = (await accounts()).filter(
            (row) => before.some((member) => member.id === row.entraObjectId) && row.status === 'deactivated',
          );
          expect(stillDeactivated).toEqual([]);
        },
        { deadlineMs: 60_000, everyMs: 250 },
      );
    });

    it('names each check of the self-test', async () => {
      const report = await system.api.post<{ ok: boolean; checks: { name: string; ok: boolean; code: string | null }[] }>(
        `/connections/${system.connectionId}/test`,
      );
      expect(report.checks.filter((check) => !check.ok)).toEqual([]);
    });

    it('tells mode, chains, subscriptions and latencies in its health', async () => {
      const health = await system.api.get(`/connections/${system.connectionId}/health`);
      expect(health).toHaveProperty('mode');
      expect(health).toHaveProperty('chains');
      expect(health).toHaveProperty('subscriptions');
      expect(health).toHaveProperty('latency');
    });

    it('runs a full sync that finds nothing to do, publishes no change, and says so', async () => {
      // The second look at the first picture may just be at work.
      const run = await eventually(
        () =>
          system.api.post<{ id: string }>(`/connections/${system.connectionId}/sync-runs`, { kind: 'full', apply: 'automatic' }),
        { deadlineMs: 30_000, everyMs: 250 },
      );
      const done = await eventually(
        async () => {
          const now = await system.api.get<{ state: string; summary: Record<string, number> | null }>(`/sync-runs/${run.id}`);
          expect(now.state).toBe('completed');
          return now;
        },
        { deadlineMs: 60_000, everyMs: 250 },
      );
      expect(done.summary).toMatchObject({ created: 0, updated: 0, deactivated: 0, granted: 0, revoked: 0 });
    });
  });
}
