import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionsMigrations, systemActor } from '#connections';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { listAccounts, listHeldChanges, patchAccount, peopleMigrations, rejectHeld, releaseHeld, type HeldFilter } from '#people';
import { added, removed, SETTLE_MS, TestTenant } from '#people/testing';
import { HAPPENED, TAKEN_BACK } from './note-of-void.js';

const database = withDatabase([messagingMigrations, connectionsMigrations, peopleMigrations]);

const toolsOf = (tenant: TestTenant) => ({
  context: tenant.context,
  clock: () => tenant.now,
  newId: () => randomUUID(),
  settleMs: SETTLE_MS,
});
const actorOf = (tenant: TestTenant) => systemActor('test', tenant.organisationId);

/** A group of three that was emptied: everybody is held. */
async function emptied() {
  const tenant = new TestTenant(database.db);
  const people = await tenant.joinAll(3);
  await tenant.memberships(people.map(removed));
  const list = async (filter: Partial<HeldFilter> = {}) =>
    listHeldChanges(database.db, { organisationId: tenant.organisationId, limit: 100, ...filter });
  return { tenant, people, list };
}

describe('held changes that are closed', () => {
  it('stay listed with how they ended: dissolved with a note, released and rejected by somebody', async () => {
    const { tenant, people, list } = await emptied();
    const [first, second] = (await list()).items;
    tenant.passes(1);
    await database.db.transaction((tx) => releaseHeld(tx, toolsOf(tenant), actorOf(tenant), { ids: [first?.id ?? ''] }));
    tenant.passes(1);
    await database.db.transaction((tx) => rejectHeld(tx, toolsOf(tenant), actorOf(tenant), { ids: [second?.id ?? ''] }));
    tenant.passes(1);
    await tenant.memberships(people.map(added));

    expect((await list()).items).toEqual([]);
    const { items } = await list({ state: 'closed' });
    expect(items.map(({ state, closed }) => [state, closed?.by, closed?.note])).toEqual([
      ['void', null, TAKEN_BACK],
      ['rejected', 'test', null],
      ['released', 'test', null],
    ]);
    expect(items[0]?.closed?.at).toEqual(tenant.now);
    expect((await list({ state: 'void' })).items.map(({ id }) => id)).toEqual([items[0]?.id]);
  });

  it('are found by account, and newest first page by page', async () => {
    const { tenant, people, list } = await emptied();
    for (const person of people) {
      tenant.passes(1);
      await tenant.memberships([added(person)]);
    }
    const whole = (await list({ state: 'void' })).items.map(({ entraObjectId }) => entraObjectId);
    expect(whole).toEqual(people.toReversed());
    const one = await list({ state: 'void', limit: 2 });
    const two = await list({ state: 'void', limit: 2, cursor: one.nextCursor });
    expect([...one.items, ...two.items].map(({ entraObjectId }) => entraObjectId)).toEqual(whole);
    expect(two.nextCursor).toBeNull();
    const { items } = await list({ state: 'closed', accountId: one.items[0]?.accountId ?? '' });
    expect(items.map(({ entraObjectId }) => entraObjectId)).toEqual([people[2]]);
  });

  it('do not lay on the directory what a person let happen', async () => {
    const tenant = new TestTenant(database.db);
    const [person = ''] = await tenant.joinAll(5);
    const { items } = await listAccounts(database.db, { organisationId: tenant.organisationId, limit: 100 });
    const id = items.find(({ entraObjectId }) => entraObjectId === person)?.id ?? '';
    const protect = (isProtected: boolean) =>
      database.db.transaction((tx) => patchAccount(tx, toolsOf(tenant), actorOf(tenant), id, { protected: isProtected }));
    await protect(true);
    await tenant.memberships([removed(person)]);
    await protect(false);
    expect(await tenant.status(person)).toBe('deactivated');
    const closed = await listHeldChanges(database.db, { organisationId: tenant.organisationId, state: 'closed', limit: 10 });
    expect(closed.items.map((held) => held.closed)).toEqual([{ at: tenant.now, by: 'test', note: HAPPENED }]);
  });
});
