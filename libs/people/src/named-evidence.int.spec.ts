import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { added, buildMembershipsPage, buildUser, removed, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);
const reasonsOf = (tenant: TestTenant) => tenant.rechecks.map(({ reason }) => reason);

describe('evidence that breaks naive designs (invariant 2)', () => {
  it('a stale full read after a delta add removes nobody, and is compared again', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    tenant.passes(60);
    tenant.rechecks.length = 0;
    await tenant.memberships([removed(person)], { origin: 'run', runId: randomUUID() });
    expect(await tenant.status(person)).toBe('inactive');
    expect(reasonsOf(tenant)).toEqual(['SETTLING_DIFFERENCE']);
  });

  it('absence from a read that began before somebody joined removes nobody, however late it is published', async () => {
    const tenant = new TestTenant(database.db);
    const readNo = tenant.nextReadNo();
    const person = await tenant.join();
    tenant.passes(3600);
    for (const origin of [
      { origin: 'run', runId: randomUUID() },
      { origin: 'read', recheck: true },
      { origin: 'delta' },
    ] as const) {
      await tenant.memberships([removed(person)], { readNo, ...origin });
      await tenant.users([{ id: person, state: 'softDeleted', attributes: {} }], { readNo, ...origin });
    }
    expect(await tenant.account(person)).toMatchObject({ status: 'inactive', groups: [tenant.groupId] });
  });

  it('a stale attribute read does not re-enable a disabled person', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.users([{ id: person, state: 'present', attributes: { accountEnabled: false } }], { origin: 'delta' });
    expect(await tenant.status(person)).toBe('deactivated');
    tenant.passes(60);
    await tenant.users([buildUser(person, { displayName: 'New Name' })]);
    expect(await tenant.account(person)).toMatchObject({ status: 'deactivated', name: 'New Name' });
    expect(reasonsOf(tenant)).toContain('SETTLING_DIFFERENCE');
  });

  it('a newcomer disabled just before joining gets no account, whichever report comes first', async () => {
    const tenant = new TestTenant(database.db);
    const person = randomUUID();
    const readNo = tenant.nextReadNo();
    await tenant.memberships([added(person)]);
    await tenant.users([{ id: person, state: 'present', attributes: { accountEnabled: false } }], { origin: 'delta' });
    await tenant.users([buildUser(person)], { readNo });
    expect(await tenant.account(person)).toBeUndefined();
    expect(await tenant.skipCode(person)).toBe('ACCOUNT_DISABLED');
  });

  it('attributes of a newcomer are read again, since the first answer may be older than what nobody listened to', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    expect(reasonsOf(tenant)).toEqual(['NEW_PRINCIPAL']);
    tenant.passes(16 * 60);
    await tenant.users([buildUser(person, { accountEnabled: false })], { recheck: true });
    expect(await tenant.status(person)).toBe('deactivated');
    expect(tenant.rechecks).toHaveLength(1);
  });

  it('a delta removal slower than a stale read that still lists the person is read again', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    tenant.passes(3600);
    tenant.rechecks.length = 0;
    const removalReadNo = tenant.nextReadNo();
    await tenant.memberships([added(person)], { origin: 'run', runId: randomUUID() });
    await tenant.memberships([removed(person)], { readNo: removalReadNo });
    expect(await tenant.status(person)).toBe('inactive');
    expect(reasonsOf(tenant)).toEqual(['LOST_TO_STATE_READ']);
    tenant.passes(16 * 60);
    await tenant.memberships([removed(person)], { origin: 'read', recheck: true });
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('a replayed old round is repaired by reading the fact again', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.memberships([removed(person)]);
    tenant.rechecks.length = 0;
    await tenant.memberships([added(person)]);
    expect(await tenant.status(person)).toBe('inactive');
    expect(tenant.rechecks).toMatchObject([
      { reason: 'FLIPPED_BACK', kind: 'membership', groupId: tenant.groupId, memberId: person },
    ]);
    tenant.passes(16 * 60);
    await tenant.memberships([removed(person)], { origin: 'read', recheck: true });
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('add and remove of one member in one round counts as the last of them and is read again', async () => {
    const tenant = new TestTenant(database.db);
    const [person, twice] = [randomUUID(), randomUUID()];
    await tenant.memberships([{ ...added(person), contradicted: true }, added(twice), removed(twice)]);
    expect(reasonsOf(tenant)).toEqual(['ADDED_AND_REMOVED', 'ADDED_AND_REMOVED']);
    await tenant.users([buildUser(person), buildUser(twice)]);
    expect([await tenant.status(person), await tenant.status(twice)]).toEqual(['inactive', undefined]);
  });

  it('one person leaving two groups in two transactions at once is deactivated', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.memberships([added(person)], { groupId: tenant.otherGroupId });
    await Promise.all([
      tenant.memberships([removed(person)]),
      tenant.memberships([removed(person)], { groupId: tenant.otherGroupId }),
    ]);
    expect(await tenant.account(person)).toMatchObject({ status: 'deactivated', groups: [] });
  });

  it('a removal for a stranger outlives the slow read that still lists them', async () => {
    const tenant = new TestTenant(database.db);
    const person = randomUUID();
    const slowRead = tenant.nextReadNo();
    await tenant.memberships([removed(person)]);
    await tenant.memberships([added(person)], { readNo: slowRead, origin: 'run', runId: randomUUID() });
    await tenant.users([buildUser(person)]);
    expect(await tenant.account(person)).toBeUndefined();
  });

  it('a person purged while the users chain was lost is deactivated by what a read proved', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    tenant.passes(3600);
    await tenant.users([{ id: person, state: 'deleted' }], { origin: 'read', recheck: true });
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('removals of a round wait for its last page, in any order, and are judged together', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(4);
    const readNo = tenant.nextReadNo();
    const pageOf = (index: number, ids: readonly string[]) =>
      buildMembershipsPage(
        { ...tenant.page({ readNo, page: index }), groupId: tenant.groupId, round: { id: `round-${readNo}`, index, pages: 2 } },
        ids.map(removed),
      );
    const last = pageOf(1, people.slice(2));
    expect(await tenant.applier.applyMemberships(last, tenant.now)).toEqual({ outcome: 'staged' });
    expect(await tenant.applier.applyMemberships(last, tenant.now)).toEqual({ outcome: 'staged' });
    await tenant.applier.applyMemberships(pageOf(0, people.slice(0, 2)), tenant.now);
    // All four would have gone: the group would have been empty, so nobody goes.
    expect(await Promise.all(people.map((id) => tenant.status(id)))).toEqual(Array(4).fill('inactive'));
    expect((await tenant.openHolds()).map(({ code }) => code)).toEqual(Array(4).fill('GUARD_WOULD_EMPTY'));
  });
});

describe('attributes', () => {
  it('that Graph does not show are MEMBERS_UNREADABLE, and change nobody who could be read before (invariant 4)', async () => {
    const tenant = new TestTenant(database.db);
    const known = await tenant.join();
    const stranger = randomUUID();
    await tenant.memberships([added(stranger)]);
    tenant.passes(3600);
    const nothing = { displayName: null, mail: null, userPrincipalName: null, accountEnabled: null };
    await tenant.users([
      { id: known, state: 'present', attributes: nothing },
      { id: stranger, state: 'present', attributes: nothing },
    ]);
    expect(await tenant.status(known)).toBe('inactive');
    expect(await tenant.skipCode(stranger)).toBe('MEMBERS_UNREADABLE');
    await tenant.users([buildUser(stranger)]);
    expect(await tenant.status(stranger)).toBe('inactive');
  });

  it('without a usable address, of guests, and outside the email rules skip the person with the reason', async () => {
    const tenant = new TestTenant(database.db, { scope: { emailExclude: ['@evil.'] } });
    const external = await tenant.join(randomUUID(), { mail: null, userPrincipalName: 'a_b.com#EXT#@t.onmicrosoft.com' });
    const guest = await tenant.join(randomUUID(), { userType: 'Guest' });
    const outside = await tenant.join(randomUUID(), { mail: 'x@evil.example' });
    expect(await Promise.all([external, guest, outside].map((id) => tenant.skipCode(id)))).toEqual([
      'NO_USABLE_EMAIL',
      'GUEST_EXCLUDED',
      'EMAIL_EXCLUDED',
    ]);
  });
});
