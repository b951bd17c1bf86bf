import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { added, buildMembershipsPage, buildUser, buildUsersPage, removed, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);

describe('a page of directory facts', () => {
  it('makes an inactive account with its grant once membership and attributes are known', async () => {
    const tenant = new TestTenant(database.db);
    const person = randomUUID();
    await tenant.memberships([added(person)]);
    expect(await tenant.account(person)).toBeUndefined();
    expect(await tenant.skipCode(person)).toBe('ATTRIBUTES_UNKNOWN');
    await tenant.users([buildUser(person)]);
    expect(await tenant.account(person)).toMatchObject({ status: 'inactive', groups: [tenant.groupId] });
    expect(await tenant.effects(person)).toEqual(['account.created', 'membership.granted']);
  });

  it('deactivates whoever leaves the last watched group, and gives a returner the status from before', async () => {
    const tenant = new TestTenant(database.db, { newAccount: { state: 'active' } });
    const person = await tenant.join();
    await tenant.memberships([removed(person)]);
    expect(await tenant.account(person)).toMatchObject({ status: 'deactivated', groups: [] });
    await tenant.memberships([added(person)]);
    expect(await tenant.account(person)).toMatchObject({ status: 'active', groups: [tenant.groupId] });
    expect(await tenant.effects(person)).toEqual([
      'account.created',
      'membership.granted',
      'membership.revoked',
      'account.deactivated',
      'membership.granted',
      'account.reactivated',
    ]);
  });

  it('does nothing when it comes again (first delivery, redelivery, late)', async () => {
    const tenant = new TestTenant(database.db);
    const person = randomUUID();
    const joined = buildMembershipsPage({ ...tenant.page(), groupId: tenant.groupId }, [added(person)]);
    const read = buildUsersPage(tenant.page({ origin: 'read' }), [buildUser(person)]);
    const left = buildMembershipsPage({ ...tenant.page(), groupId: tenant.groupId }, [removed(person)]);
    await tenant.applier.applyMemberships(joined, tenant.now);
    await tenant.applier.applyUsers(read, tenant.now);
    await tenant.applier.applyMemberships(left, tenant.now);
    const before = await tenant.effects(person);
    await tenant.applier.applyMemberships(joined, tenant.now);
    await tenant.applier.applyUsers(read, tenant.now);
    await tenant.applier.applyMemberships(left, tenant.now);
    expect(await tenant.effects(person)).toEqual(before);
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('says how a group is called now, by the newest evidence only', async () => {
    const tenant = new TestTenant(database.db);
    await tenant.group('present', { displayName: 'Staff', readNo: 5 });
    await tenant.group('present', { displayName: 'Personnel', readNo: 4 });
    await tenant.group('present', { displayName: 'People', readNo: 6 });
    await tenant.group('present', { readNo: 7 });
    expect(tenant.groupNames).toEqual(['Staff', 'People']);
  });

  it('writes one event per effect, with the id of the journal entry', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    const journal = await database.db.query<{ id: string }>(
      'SELECT id FROM people.journal WHERE entra_object_id = $1 ORDER BY seq',
      [person],
    );
    const outbox = await database.db.query<{ value: Buffer; key: string }>(
      `SELECT value, key FROM messaging.outbox WHERE topic = 'provisioning.events.v1' ORDER BY id`,
    );
    const account = await tenant.account(person);
    const events = outbox
      .filter(({ key }) => key === account?.id)
      .map(({ value }) => JSON.parse(value.toString()) as { id: string });
    expect(events.map(({ id }) => id)).toEqual(journal.map(({ id }) => id));
  });
});
