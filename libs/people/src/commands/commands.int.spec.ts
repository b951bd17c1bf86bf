import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations, systemActor } from '#connections';
import type { Tx } from '#database';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import {
  AccountNotFoundError,
  activateAccounts,
  adoptPeople,
  countPeople,
  disbandConnection,
  explainAccount,
  findUndecided,
  getAccount,
  latencyPercentiles,
  liftPin,
  listAccounts,
  listActivity,
  listGroupMembers,
  listGroups,
  listHeldChanges,
  maintainJournal,
  patchAccount,
  peopleMigrations,
  redecideConnection,
  releaseHeld,
  trimPeople,
  undoActivation,
} from '#people';
import { added, buildUser, removed, SETTLE_MS, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations]);

const toolsOf = (tenant: TestTenant) => ({
  context: tenant.context,
  clock: () => tenant.now,
  newId: () => randomUUID(),
  settleMs: SETTLE_MS,
});
const actorOf = (tenant: TestTenant) => systemActor('test', tenant.organisationId);
const commit = <Result>(work: (tx: Tx) => Promise<Result>) => database.db.transaction(work);
const idOf = async (tenant: TestTenant, person: string) => (await tenant.account(person))?.id ?? '';
const redecide = (tenant: TestTenant) => {
  const { organisationId, connectionId } = tenant;
  return commit((tx) =>
    redecideConnection(tx, toolsOf(tenant), { organisationId, connectionId, cause: { kind: 'settings', id: 'test' } }),
  );
};

describe('an account by hand', () => {
  it('is activated once, and only where it is inactive', async () => {
    const tenant = new TestTenant(database.db);
    const [person, left] = [await tenant.join(), await tenant.join()];
    await tenant.memberships([removed(left)]);
    const ids = [await idOf(tenant, person), await idOf(tenant, left)];
    expect(await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), ids))).toBe(1);
    expect(await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), ids))).toBe(0);
    expect([await tenant.status(person), await tenant.status(left)]).toEqual(['active', 'deactivated']);
    expect((await tenant.effects(person)).at(-1)).toBe('account.activated');
  });

  it('is inactive again when its activation is taken back: that one alone, within a day, and not what changed since', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(4);
    const ids = await Promise.all(people.map((person) => idOf(tenant, person)));
    const [before, leaver, byHand, usual] = ids as [string, string, string, string];
    const statuses = () => Promise.all(people.map((person) => tenant.status(person)));
    const undo = (actor = actorOf(tenant)) => commit((tx) => undoActivation(tx, toolsOf(tenant), actor, ids));
    await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), [before]));
    tenant.passes(60);
    await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), ids));
    tenant.passes(60);
    await tenant.memberships([removed(people[1] ?? '')]);
    await tenant.memberships([added(people[1] ?? '')]);
    await commit((tx) => patchAccount(tx, toolsOf(tenant), actorOf(tenant), byHand, { status: 'deactivated' }));
    expect(await undo(systemActor('somebody else', tenant.organisationId))).toBe(0);
    expect([await undo(), await undo()]).toEqual([1, 0]);
    expect(await statuses()).toEqual(['active', 'active', 'deactivated', 'inactive']);
    expect((await tenant.effects(people[3] ?? '')).at(-1)).toBe('account.updated');
    await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), [usual, leaver]));
    tenant.passes(25 * 3_600);
    expect(await undo()).toBe(0);
  });

  it('of another organisation is not found (invariant 9)', async () => {
    const [tenant, stranger] = [new TestTenant(database.db), new TestTenant(database.db)];
    const id = await idOf(tenant, await tenant.join());
    await expect(
      commit((tx) => patchAccount(tx, toolsOf(stranger), actorOf(stranger), id, { status: 'active' })),
    ).rejects.toBeInstanceOf(AccountNotFoundError);
    expect(await commit((tx) => activateAccounts(tx, toolsOf(stranger), actorOf(stranger), [id]))).toBe(0);
    await commit((tx) => activateAccounts(tx, toolsOf(tenant), actorOf(tenant), [id]));
    expect(await commit((tx) => undoActivation(tx, toolsOf(stranger), actorOf(stranger), [id]))).toBe(0);
    expect(await getAccount(database.db, stranger.organisationId, id)).toBeNull();
  });

  it('that comes back against the directory is pinned, until the pin is lifted', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.joinAll(4);
    await tenant.memberships([removed(person)]);
    const id = await idOf(tenant, person);
    await commit((tx) => patchAccount(tx, toolsOf(tenant), actorOf(tenant), id, { status: 'active' }));
    await redecide(tenant);
    expect(await tenant.status(person)).toBe('active');
    const why = await commit((tx) => explainAccount(tx, tenant.context, tenant.organisationId, id));
    expect(why?.pins).toMatchObject([{ keep: 'in', reason: 'BY_HAND' }]);
    await commit((tx) => liftPin(tx, toolsOf(tenant), actorOf(tenant), why?.pins[0]?.id ?? ''));
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('that was deactivated by hand stays so when the person leaves and returns', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await commit(async (tx) =>
      patchAccount(tx, toolsOf(tenant), actorOf(tenant), await idOf(tenant, person), { status: 'deactivated' }),
    );
    await tenant.memberships([removed(person)]);
    await tenant.memberships([added(person)]);
    expect(await tenant.status(person)).toBe('deactivated');
  });

  it('whose protection is lifted goes out if the directory said so meanwhile', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.joinAll(4);
    const id = await idOf(tenant, person);
    await commit((tx) => patchAccount(tx, toolsOf(tenant), actorOf(tenant), id, { protected: true, roles: ['editor'] }));
    await tenant.memberships([removed(person)]);
    expect(await tenant.status(person)).toBe('inactive');
    await commit((tx) => patchAccount(tx, toolsOf(tenant), actorOf(tenant), id, { protected: false }));
    expect(await tenant.status(person)).toBe('deactivated');
    expect(await tenant.openHolds()).toEqual([]);
  });
});

describe('new rules of a connection', () => {
  it('decide about everybody anew, through the guard', async () => {
    const tenant = new TestTenant(database.db, { include: { guests: true } });
    const guests = await Promise.all(Array.from({ length: 12 }, () => tenant.join(randomUUID(), { userType: 'Guest' })));
    await tenant.joinAll(10);
    tenant.settings = {};
    expect([...(await findUndecided(database.db, [tenant.connection]))]).toEqual([tenant.connectionId]);
    expect(await redecide(tenant)).toMatchObject({ deactivated: 0, held: 12 });
    expect((await findUndecided(database.db, [tenant.connection])).size).toBe(0);
    expect(await tenant.status(guests[0] ?? '')).toBe('inactive');
    expect((await listHeldChanges(database.db, { organisationId: tenant.organisationId, limit: 5 })).items).toHaveLength(5);
  });

  it('catch up what waited while live sync was off', async () => {
    const tenant = new TestTenant(database.db);
    tenant.connection = { ...tenant.connection, effects: { live: false, run: true } };
    const person = await tenant.join();
    expect(await tenant.account(person)).toBeUndefined();
    expect(await countPeople(database.db, tenant.organisationId, tenant.connectionId)).toMatchObject({ waiting: 1 });
    tenant.connection = { ...tenant.connection, effects: { live: true, run: true } };
    await redecide(tenant);
    expect(await tenant.status(person)).toBe('inactive');
  });

  it('keep leavers where leaver.action says so', async () => {
    const tenant = new TestTenant(database.db, { leaver: { action: 'keep' } });
    const person = await tenant.join();
    await tenant.memberships([removed(person)]);
    expect(await tenant.account(person)).toMatchObject({ status: 'inactive', groups: [] });
  });

  it('do not count leavers as members who were skipped', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.join(randomUUID(), { accountEnabled: false });
    await tenant.memberships([removed(person)]);
    expect(await countPeople(database.db, tenant.organisationId, tenant.connectionId)).toMatchObject({
      deactivated: 1,
      skippedByReason: { ACCOUNT_DISABLED: 1 },
    });
  });

  it('that no longer watch a group hold what would follow', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    tenant.connection = { ...tenant.connection, watchedGroupIds: [tenant.otherGroupId] };
    await redecide(tenant);
    expect(await tenant.openHolds()).toMatchObject([{ person, code: 'GROUP_UNWATCHED' }]);
  });

  it('that watch another group instead never let go of whoever is in both, whenever the other one is read', async () => {
    const tenant = new TestTenant(database.db);
    const [stays, leaves] = await tenant.joinAll(2);
    tenant.connection = { ...tenant.connection, watchedGroupIds: [tenant.otherGroupId], awaitsGroups: true };
    await redecide(tenant);
    expect(await tenant.openHolds()).toHaveLength(2);
    await tenant.memberships([added(stays!)], { groupId: tenant.otherGroupId });
    tenant.connection = { ...tenant.connection, awaitsGroups: false };
    await redecide(tenant);
    await commit((tx) => releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { connectionId: tenant.connectionId }));
    expect(await tenant.account(stays!)).toMatchObject({ status: 'inactive', groups: [tenant.otherGroupId] });
    expect(await tenant.effects(stays!)).not.toContain('account.deactivated');
    expect(await tenant.status(leaves!)).toBe('deactivated');
  });

  it('that narrow everybody to a group decide about whoever is in no other once it has been read', async () => {
    const tenant = new TestTenant(database.db, { scope: { mode: 'allUsers' } });
    const [inGroup, leaves, renamed] = [randomUUID(), randomUUID(), randomUUID()];
    await tenant.users([inGroup, leaves, renamed].map((id) => buildUser(id)));
    tenant.settings = { scope: { mode: 'groups' } };
    tenant.connection = { ...tenant.connection, awaitsGroups: true };
    expect(await redecide(tenant)).toMatchObject({ deactivated: 0, held: 0 });
    // What live sync hears meanwhile is no reason either; what the tenant says of the person is.
    await tenant.users([{ id: renamed, state: 'present', attributes: { displayName: 'Renamed' } }], { origin: 'delta' });
    expect(await tenant.account(renamed)).toMatchObject({ status: 'inactive', name: 'Renamed' });
    expect((await findUndecided(database.db, [tenant.connection])).size).toBe(0);
    await tenant.memberships([added(inGroup)], { origin: 'run' });
    tenant.connection = { ...tenant.connection, awaitsGroups: false };
    expect((await findUndecided(database.db, [tenant.connection])).size).toBe(1);
    expect(await redecide(tenant)).toMatchObject({ deactivated: 2, held: 0 });
    expect(await tenant.effects(inGroup)).toEqual(['account.created', 'membership.granted']);
    expect([await tenant.status(leaves), await tenant.status(renamed)]).toEqual(['deactivated', 'deactivated']);
  });

  it('let go at once of whoever the tenant reports as gone, also while a group is still to be read', async () => {
    const tenant = new TestTenant(database.db);
    tenant.connection = { ...tenant.connection, awaitsGroups: true };
    const [leaver, disabled] = [await tenant.join(), await tenant.join()];
    await tenant.memberships([removed(leaver)]);
    await tenant.users([{ id: disabled, state: 'present', attributes: { accountEnabled: false } }], { origin: 'delta' });
    expect([await tenant.status(leaver), await tenant.status(disabled)]).toEqual(['deactivated', 'deactivated']);
  });
});

describe('a connection that ends', () => {
  const disband = (tenant: TestTenant) =>
    commit((tx) => disbandConnection(tx, toolsOf(tenant), actorOf(tenant), tenant.connectionId));

  it('takes its accounts along where that was asked for, through the guard', async () => {
    const small = new TestTenant(database.db);
    const pair = await small.joinAll(2);
    expect(await disband(small)).toMatchObject({ deactivated: 2, held: 0 });
    expect(await small.status(pair[0] ?? '')).toBe('deactivated');
    const large = new TestTenant(database.db);
    const people = await large.joinAll(3);
    expect(await disband(large)).toMatchObject({ deactivated: 0, held: 3 });
    await commit((tx) => releaseHeld(tx, toolsOf(large), actorOf(large), { connectionId: large.connectionId }));
    expect(await large.status(people[0] ?? '')).toBe('deactivated');
  });
});

describe('what is shown', () => {
  it('lists accounts by name in pages, found by part of name and address, status and group', async () => {
    const tenant = new TestTenant(database.db);
    const [anna] = [
      await tenant.join(randomUUID(), { displayName: 'Anna 100%' }),
      await tenant.join(randomUUID(), { displayName: 'Berta' }),
    ];
    const filter = { organisationId: tenant.organisationId, connectionId: tenant.connectionId, limit: 1 };
    const first = await listAccounts(database.db, filter);
    const second = await listAccounts(database.db, { ...filter, cursor: first.nextCursor });
    expect([first, second].map(({ items }) => items[0]?.displayName)).toEqual(['Anna 100%', 'Berta']);
    expect(second.nextCursor).toBeNull();
    const found = await listAccounts(database.db, { ...filter, q: '100%', status: 'inactive', group: tenant.groupId });
    expect(found.items).toMatchObject([{ entraObjectId: anna, roles: [], protected: false, statusReason: null }]);
    expect((await listAccounts(database.db, { ...filter, q: '_' })).items).toEqual([]);
  });

  it('lists the members of a group with those who have no account and those whose removal is held', async () => {
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(3);
    const guest = await tenant.join(randomUUID(), { userType: 'Guest' });
    await tenant.memberships([{ memberId: randomUUID(), memberType: 'device', change: 'added' }]);
    await tenant.memberships(people.map(removed));
    const { items } = await listGroupMembers(database.db, tenant.organisationId, tenant.connectionId, tenant.groupId, {
      limit: 100,
    });
    const held = {
      accountId: expect.any(String) as string,
      inDirectory: false,
      granted: true,
      kept: 'held',
      skipped: null,
      status: 'inactive',
    };
    expect(items.filter(({ entraObjectId }) => entraObjectId !== guest)).toMatchObject([held, held, held]);
    expect(items.find(({ entraObjectId }) => entraObjectId === guest)).toMatchObject({
      accountId: null,
      inDirectory: true,
      granted: false,
      kept: null,
      skipped: 'GUEST_EXCLUDED',
    });
    const watched = [{ connectionId: tenant.connectionId, groupId: tenant.groupId, displayName: 'Staff' }];
    expect(await listGroups(database.db, tenant.organisationId, watched)).toEqual([
      { id: tenant.groupId, connectionId: tenant.connectionId, displayName: 'Staff', state: 'present', memberCount: 4 },
    ]);
  });

  it('explains an account by groups, facts, rules and journal (invariant 7)', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    await tenant.users([{ id: person, state: 'present', attributes: { accountEnabled: false } }], { origin: 'delta' });
    const id = await idOf(tenant, person);
    const why = await commit((tx) => explainAccount(tx, tenant.context, tenant.organisationId, id));
    expect(why).toMatchObject({
      account: { id, status: 'deactivated', statusReason: 'ACCOUNT_DISABLED' },
      reason: { code: 'ACCOUNT_DISABLED' },
      groups: [{ groupId: tenant.groupId, present: true, granted: true }],
      now: { deactivate: null, reactivate: false, grants: [], revocations: [] },
    });
    expect(why?.rules.find(({ passed }) => !passed)?.rule).toBe('enabled');
    expect(why?.journal.map(({ type }) => type)).toEqual([
      'rollcall.account.deactivated',
      'rollcall.membership.granted',
      'rollcall.account.created',
    ]);
  });

  it('tells the times of each leg, and the activity by cause', async () => {
    const tenant = new TestTenant(database.db);
    const person = randomUUID();
    await tenant.join(person);
    const noticedAt = tenant.now;
    tenant.passes(2);
    await tenant.memberships([added(person)], { groupId: tenant.otherGroupId, noticedAt });
    const latency = await latencyPercentiles(database.db, tenant.organisationId, tenant.connectionId, new Date(0));
    expect(latency).toMatchObject({ changes: 3, noticedToRead: { p50Ms: 2000 }, publishedToApplied: { p99Ms: 0 } });
    const filter = { organisationId: tenant.organisationId, limit: 2 };
    const first = await listActivity(database.db, { ...filter, cause: 'event' });
    expect(first.items).toHaveLength(2);
    expect((await listActivity(database.db, { ...filter, cursor: first.nextCursor })).items).toHaveLength(1);
    const [{ cause } = { cause: { id: '' } }] = first.items;
    const one = await listActivity(database.db, { ...filter, limit: 10, cause: cause.id });
    expect(one.items.map(({ seq }) => seq)).toEqual(one.items.map(({ seq }) => seq).toSorted((a, b) => b - a));
    expect(new Set(one.items.map(({ cause: { id } }) => id))).toEqual(new Set([cause.id]));
    const rest = await listActivity(database.db, { ...filter, cause: 'event', cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toHaveLength(3);
    for (const cause of ['person', randomUUID()])
      expect((await listActivity(database.db, { ...filter, cause })).items).toEqual([]);
  });
});

describe('keeping', () => {
  it('hands the people of a disconnected connection to the next one of the same tenant', async () => {
    const connections = new Map<string, TestTenant>();
    const before = new TestTenant(database.db, {}, { connections });
    const person = await before.join();
    const after = new TestTenant(database.db, {}, { organisationId: before.organisationId, connections });
    expect(await commit((tx) => adoptPeople(tx, before.organisationId, [before.connectionId], after.connectionId))).toBe(1);
    expect(await after.account(person)).toMatchObject({ status: 'inactive', groups: [before.groupId] });
    expect(await after.effects(person)).toHaveLength(2);
  });

  it('makes journal partitions ahead, moves what came too early, and drops what is old', async () => {
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    const made = await maintainJournal(database.db, tenant.now);
    expect(made.created).toEqual(['journal_2026_11', 'journal_2026_12', 'journal_2027_01', 'journal_2027_02']);
    expect(await maintainJournal(database.db, tenant.now)).toEqual({ created: [], dropped: [] });
    expect(await tenant.effects(person)).toHaveLength(2);
    const later = await maintainJournal(database.db, new Date('2028-01-15T00:00:00Z'));
    expect(later.dropped).toEqual(['journal_2026_11']);
    expect(await tenant.effects(person)).toEqual([]);
  });

  it('trims tombstones and strangers after 60 days (design: "Retention")', async () => {
    const tenant = new TestTenant(database.db);
    await tenant.memberships([removed(randomUUID())]);
    tenant.passes(61 * 24 * 3600);
    const trimmed = await trimPeople(database.db, tenant.now);
    expect(trimmed['tombstones']).toBeGreaterThanOrEqual(1);
    const [left] = await database.db.query<{ n: number }>(
      'SELECT count(*) AS n FROM people.memberships WHERE connection_id = $1',
      [tenant.connectionId],
    );
    expect(left?.n).toBe(0);
  });
});
