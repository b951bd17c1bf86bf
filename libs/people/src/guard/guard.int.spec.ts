import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemActor } from '#connections';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { connectionsMigrations } from '#connections';
import { peopleMigrations, rejectHeld, releaseHeld } from '#people';
import { added, buildMembershipsPage, buildUsersPage, removed, SETTLE_MS, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations]);

const toolsOf = (tenant: TestTenant) => ({
  context: tenant.context,
  clock: () => tenant.now,
  newId: () => randomUUID(),
  settleMs: SETTLE_MS,
});
const actorOf = (tenant: TestTenant) => systemActor('test', tenant.organisationId);
const countOf = async (tenant: TestTenant, ids: readonly string[], status: string) =>
  (await Promise.all(ids.map((id) => tenant.status(id)))).filter((each) => each === status).length;
const alertsOf = async (tenant: TestTenant) =>
  (
    await database.db.query<{ value: Buffer }>(
      `SELECT value FROM messaging.outbox WHERE topic = 'connections.v1' AND key = $1 ORDER BY id`,
      [tenant.connectionId],
    )
  ).map(({ value }) => (JSON.parse(value.toString()) as { type: string }).type);

describe('the guard on the stream (invariant 5)', () => {
  it('lets ten leave and holds the round that goes past the limit, while additions go on and one alert is raised', async () => {
    const tenant = new TestTenant(database.db, { guard: { maxRemovalPercent: 20 } });
    const people = await tenant.joinAll(40);
    await tenant.memberships(people.slice(0, 10).map(removed));
    expect(await tenant.openHolds()).toEqual([]);
    const newcomer = randomUUID();
    await tenant.memberships([...people.slice(10, 13).map(removed), added(newcomer)]);
    await tenant.join(newcomer);
    await tenant.memberships(people.slice(13, 15).map(removed));
    const holds = await tenant.openHolds();
    expect(holds).toHaveLength(5);
    expect(holds[0]).toMatchObject({ groupId: tenant.groupId, action: 'revoke', code: 'GUARD_TRIPPED' });
    expect(await countOf(tenant, people, 'deactivated')).toBe(10);
    expect(await tenant.status(newcomer)).toBe('inactive');
    expect(await alertsOf(tenant)).toEqual(['rollcall.guard.tripped']);
  });

  it('counts a drip over the window, and forgets it after the window, also over a restart', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(40);
    for (const id of people.slice(0, 11)) {
      await tenant.memberships([removed(id)]);
      tenant.passes(60);
    }
    expect(await tenant.openHolds()).toHaveLength(1);
    tenant.passes(3600);
    await tenant.memberships([removed(people[11] ?? '')]);
    expect(await tenant.openHolds()).toHaveLength(1);
    expect(await countOf(tenant, people, 'deactivated')).toBe(11);
  });

  it('counts a replay and a person in two groups once', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(20);
    await tenant.memberships(people.map(added), { groupId: tenant.otherGroupId });
    const leavers = people.slice(0, 10);
    await tenant.memberships(leavers.map(removed));
    await tenant.memberships(leavers.map(removed), { groupId: tenant.otherGroupId });
    await tenant.memberships(leavers.map(removed));
    expect(await tenant.openHolds()).toEqual([]);
    expect(await countOf(tenant, people, 'deactivated')).toBe(10);
  });

  it('judges a mass disable over several pages of one round together, whatever their order, and once', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(30);
    const readNo = tenant.nextReadNo();
    const pageOf = (index: number, ids: readonly string[]) =>
      buildUsersPage(
        { ...tenant.page({ readNo, page: 0 }), round: { id: `people-${readNo}`, index, pages: 2 } },
        ids.map((id) => ({ id, state: 'present', attributes: { accountEnabled: false } })),
      );
    const [first, last] = [pageOf(0, people.slice(0, 9)), pageOf(1, people.slice(9, 15))];
    expect(await tenant.applier.applyUsers(last, tenant.now)).toEqual({ outcome: 'staged' });
    expect(await tenant.applier.applyUsers(last, tenant.now)).toEqual({ outcome: 'staged' });
    expect(await tenant.applier.applyUsers(first, tenant.now)).toMatchObject({ outcome: 'applied', changedFacts: 15 });
    expect(await tenant.openHolds()).toHaveLength(15);
    expect(await countOf(tenant, people, 'deactivated')).toBe(0);
    for (const page of [first, last]) await tenant.applier.applyUsers(page, tenant.now);
    expect(await tenant.openHolds()).toHaveLength(15);
  });

  it('judges a round over several groups together: past the limit of the connection all of it is held, whatever the order', async () => {
    const tenant = new TestTenant(database.db);
    const ours = await tenant.joinAll(40);
    const theirs = await tenant.joinAll(40, tenant.otherGroupId);
    tenant.passes(7_200);
    const readNo = tenant.nextReadNo();
    const pageOf = (index: number, groupId: string, people: readonly string[]) =>
      buildMembershipsPage(
        {
          ...tenant.page({ readNo, page: 0 }),
          groupId,
          round: { id: `groups-${readNo}`, index, pages: 3, spansGroups: true },
        },
        people.map(removed),
      );
    // Ten people of 40 may leave each group, 16 of 80 the connection; 18 want to.
    const pages = [
      pageOf(0, tenant.groupId, ours.slice(0, 5)),
      pageOf(1, tenant.groupId, ours.slice(5, 9)),
      pageOf(2, tenant.otherGroupId, theirs.slice(0, 9)),
    ] as const;
    for (const page of [pages[2], pages[0], pages[0]])
      expect(await tenant.applier.applyMemberships(page, tenant.now)).toEqual({ outcome: 'staged' });
    expect(await tenant.applier.applyMemberships(pages[1], tenant.now)).toMatchObject({ outcome: 'applied', changedFacts: 18 });
    const holds = await tenant.openHolds();
    expect(holds.map(({ person }) => person).sort()).toEqual([...ours.slice(0, 9), ...theirs.slice(0, 9)].sort());
    expect(new Set(holds.map(({ groupId }) => groupId))).toEqual(new Set([tenant.groupId, tenant.otherGroupId]));
    expect(await countOf(tenant, [...ours, ...theirs], 'deactivated')).toBe(0);
    expect(await alertsOf(tenant)).toEqual(['rollcall.guard.tripped']);
    for (const page of pages) await tenant.applier.applyMemberships(page, tenant.now);
    expect(await tenant.openHolds()).toHaveLength(18);
  });

  it('holds a mass disable in every group that it would hurt', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(30);
    await tenant.users(
      people.slice(0, 12).map((id) => ({ id, state: 'present', attributes: { accountEnabled: false } })),
      { origin: 'delta' },
    );
    const holds = await tenant.openHolds();
    expect(holds).toHaveLength(12);
    expect(holds[0]).toMatchObject({ groupId: null, action: 'deactivate', code: 'GUARD_TRIPPED' });
  });

  it('never lets a scope of three or more reach zero, but a smaller one', async () => {
    const tenant = new TestTenant(database.db);
    const [first = '', second = '', third = ''] = await tenant.joinAll(3);
    await tenant.memberships([removed(first)]);
    await tenant.memberships([removed(second)]);
    await tenant.memberships([removed(third)]);
    expect((await tenant.openHolds()).map(({ code, person }) => [code, person])).toEqual([['GUARD_WOULD_EMPTY', third]]);
    const pair = await tenant.joinAll(2, tenant.otherGroupId);
    await tenant.memberships(pair.map(removed), { groupId: tenant.otherGroupId });
    expect(await countOf(tenant, pair, 'deactivated')).toBe(2);
  });

  it('deleting a watched group holds all that would follow; the group that returns makes it void', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(3);
    await tenant.group('deleted');
    expect((await tenant.openHolds()).map(({ code }) => code)).toEqual(Array(3).fill('GROUP_DELETED'));
    await tenant.group('present');
    expect(await tenant.openHolds()).toEqual([]);
    expect(await countOf(tenant, people, 'inactive')).toBe(3);
    const [note] = await database.db.query('SELECT state, note FROM people.held_changes WHERE connection_id = $1', [
      tenant.connectionId,
    ]);
    expect(note).toEqual({ state: 'void', note: 'The directory took the change back by itself.' });
  });
});

describe('held changes', () => {
  async function held(settings = {}) {
    const tenant = new TestTenant(database.db, settings);
    const people = await tenant.joinAll(3);
    await tenant.memberships(people.map(removed));
    return { tenant, people };
  }

  it('are released once, count for nothing, and end the alert', async () => {
    const { tenant, people } = await held();
    const count = await database.db.transaction((tx) =>
      releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { connectionId: tenant.connectionId }),
    );
    expect(count).toBe(3);
    expect(await countOf(tenant, people, 'deactivated')).toBe(3);
    const again = await database.db.transaction((tx) =>
      releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { connectionId: tenant.connectionId }),
    );
    expect(again).toBe(0);
    expect(await alertsOf(tenant)).toEqual(['rollcall.guard.tripped', 'rollcall.guard.released']);
    const [counted] = await database.db.query<{ n: number }>(
      'SELECT count(*) AS n FROM people.journal WHERE connection_id = $1 AND guard_group_ids IS NOT NULL',
      [tenant.connectionId],
    );
    expect(counted?.n).toBe(0);
  });

  it('that arrived after the moment that the admin saw are not released', async () => {
    const { tenant } = await held();
    const count = await database.db.transaction((tx) =>
      releaseHeld(tx, toolsOf(tenant), actorOf(tenant), {
        connectionId: tenant.connectionId,
        asOf: new Date(tenant.now.getTime() - 1),
      }),
    );
    expect(count).toBe(0);
    expect(await tenant.openHolds()).toHaveLength(3);
  });

  it('become void when the tenant takes them back', async () => {
    const { tenant, people } = await held();
    await tenant.memberships(people.map(added));
    expect(await tenant.openHolds()).toEqual([]);
  });

  it('that are rejected are pinned: sweeps hold them no more, until the tenant changes its mind', async () => {
    const { tenant, people } = await held();
    const [person = ''] = people;
    expect(
      await database.db.transaction((tx) =>
        rejectHeld(tx, toolsOf(tenant), actorOf(tenant), { connectionId: tenant.connectionId }),
      ),
    ).toBe(3);
    tenant.passes(3600);
    await tenant.memberships(people.map(removed), { origin: 'run', runId: randomUUID() });
    expect(await tenant.openHolds()).toEqual([]);
    expect(await tenant.status(person)).toBe('inactive');
    await tenant.memberships([added(person)]);
    // Back and forth inside settle looks like a replay: held, not applied.
    await tenant.memberships([removed(person)]);
    expect(await tenant.openHolds()).toMatchObject([{ person, code: 'UNDONE' }]);
  });

  it('of review hold removals, and with reviewAll creations too', async () => {
    const tenant = new TestTenant(database.db, { apply: 'reviewAll' });
    const person = await tenant.join();
    expect(await tenant.account(person)).toBeUndefined();
    expect(await tenant.openHolds()).toMatchObject([{ action: 'create', code: 'REVIEW', person }]);
    await database.db.transaction((tx) =>
      releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { connectionId: tenant.connectionId }),
    );
    expect(await tenant.account(person)).toMatchObject({ status: 'inactive', groups: [tenant.groupId] });
    await tenant.memberships([removed(person)]);
    expect(await tenant.openHolds()).toMatchObject([{ action: 'revoke', code: 'REVIEW' }]);
  });
});

describe('protection (invariant 8)', () => {
  it('keeps the last super admin and protected accounts, held with the reason; a release does not pass it', async () => {
    const tenant = new TestTenant(database.db);
    const [admin, other, guarded] = [await tenant.join(), await tenant.join(), await tenant.join()];
    await database.db.query(`UPDATE people.accounts SET roles = '{superAdmin}' WHERE entra_object_id = ANY ($1::uuid[])`, [
      [admin, other],
    ]);
    await database.db.query('UPDATE people.accounts SET protected = true WHERE entra_object_id = $1', [guarded]);
    await tenant.joinAll(5);
    await tenant.memberships([admin, other, guarded].map(removed));
    const holds = await tenant.openHolds();
    expect(holds.map(({ code }) => code).sort()).toEqual(['ACCOUNT_PROTECTED', 'LAST_SUPER_ADMIN']);
    expect([await tenant.status(admin), await tenant.status(other)].sort()).toEqual(['deactivated', 'inactive']);
    expect(
      await database.db.transaction((tx) =>
        releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { ids: holds.map(({ id }) => id) }),
      ),
    ).toBe(0);
    expect(await tenant.openHolds()).toHaveLength(2);
  });
});
