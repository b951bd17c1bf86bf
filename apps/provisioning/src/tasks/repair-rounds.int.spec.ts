import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations } from '#connections';
import { silentLog } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { buildMembershipsPage, buildUsersPage, removed, TestTenant } from '#people/testing';
import { watchMigrations } from '#watch';
import { RepairRoundsTask } from './repair-rounds.task.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations]);

describe('a round of people of which a page was buried', () => {
  it('is given up after a while, and its people are read directly; one of a run is left to the run', async () => {
    const tenant = new TestTenant(database.db);
    const [live, ofRun] = [randomUUID(), randomUUID()];
    const stage = (id: string, of: { readonly runId?: string } = {}) =>
      tenant.applier.applyUsers(
        buildUsersPage(
          { ...tenant.page({ readNo: tenant.nextReadNo() }), ...of, round: { id: `round-${id}`, index: 0, pages: 2 } },
          [{ id, state: 'softDeleted' }],
        ),
        tenant.now,
      );
    expect(await stage(live)).toEqual({ outcome: 'staged' });
    expect(await stage(ofRun, { runId: randomUUID() })).toEqual({ outcome: 'staged' });
    const repair = new RepairRoundsTask(database.db, () => tenant.now, silentLog);
    expect(await repair.run()).toBe(false);
    tenant.passes(601);
    expect(await repair.run()).toBe(true);
    expect(await repair.run()).toBe(false);
    expect(await database.db.query('SELECT kind, member_id, reason FROM watch.rechecks')).toEqual([
      { kind: 'user', member_id: live, reason: 'DEAD_LETTER' },
    ]);
    expect(await database.db.query('SELECT round_id FROM people.round_pages')).toEqual([{ round_id: `round-${ofRun}` }]);
  });

  it('has memberships read directly, of every group of which a page came', async () => {
    const tenant = new TestTenant(database.db);
    const [ours, theirs] = [randomUUID(), randomUUID()];
    const readNo = tenant.nextReadNo();
    for (const [index, groupId, id] of [
      [0, tenant.groupId, ours],
      [1, tenant.otherGroupId, theirs],
    ] as const) {
      const round = { id: `groups-${readNo}`, index, pages: 3, spansGroups: true };
      const page = buildMembershipsPage({ ...tenant.page({ readNo }), groupId, round }, [removed(id)]);
      expect(await tenant.applier.applyMemberships(page, tenant.now)).toEqual({ outcome: 'staged' });
    }
    tenant.passes(601);
    await new RepairRoundsTask(database.db, () => tenant.now, silentLog).run();
    const asked = await database.db.query(
      'SELECT kind, group_id AS "groupId", member_id AS "memberId" FROM watch.rechecks WHERE connection_id = $1',
      [tenant.connectionId],
    );
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(
      expect.arrayContaining([
        { kind: 'membership', groupId: tenant.groupId, memberId: ours },
        { kind: 'membership', groupId: tenant.otherGroupId, memberId: theirs },
      ]),
    );
  });
});
