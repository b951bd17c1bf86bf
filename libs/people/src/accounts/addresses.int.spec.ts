import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { added, buildUser, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);

async function joined(tenant: TestTenant, mails: readonly string[]): Promise<string[]> {
  const ids = mails.map(() => randomUUID());
  await tenant.memberships(ids.map(added));
  await tenant.users(ids.map((id, index) => buildUser(id, { mail: mails[index] ?? null })));
  return ids;
}
const rename = (tenant: TestTenant, changes: Readonly<Record<string, string>>) =>
  tenant.users(
    Object.entries(changes).map(([id, mail]) => ({ id, state: 'present', attributes: { mail } })),
    { origin: 'delta' },
  );
const emailsOf = async (tenant: TestTenant, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await tenant.account(id))?.email ?? null));

describe('addresses', () => {
  it('are swapped between two people of one page', async () => {
    const tenant = new TestTenant(database.db);
    const [a = '', b = ''] = await joined(tenant, ['a@x.example', 'b@x.example']);
    await rename(tenant, { [a]: 'b@x.example', [b]: 'A@x.example' });
    expect(await emailsOf(tenant, [a, b])).toEqual(['b@x.example', 'A@x.example']);
  });

  it('are swapped when the two halves come in two pages', async () => {
    const tenant = new TestTenant(database.db);
    const [a = '', b = ''] = await joined(tenant, ['a@x.example', 'b@x.example']);
    await rename(tenant, { [a]: 'b@x.example' });
    expect(await emailsOf(tenant, [a, b])).toEqual(['a@x.example', 'b@x.example']);
    expect(await tenant.skipCode(a)).toBe('EMAIL_CONFLICT');
    await rename(tenant, { [b]: 'a@x.example' });
    expect(await emailsOf(tenant, [a, b])).toEqual(['b@x.example', 'a@x.example']);
    expect(await tenant.skipCode(a)).toBeNull();
  });

  it('that are taken skip a newcomer without failing the page, who gets the account when the address is free', async () => {
    const tenant = new TestTenant(database.db);
    const [holder = '', newcomer = '', neighbour = ''] = await joined(tenant, [
      'same@x.example',
      'SAME@x.example',
      'other@x.example',
    ]);
    const [accounts, waiting] =
      (await emailsOf(tenant, [holder, newcomer]))[0] === null ? [newcomer, holder] : [holder, newcomer];
    expect(await tenant.status(neighbour)).toBe('inactive');
    expect(await tenant.account(waiting)).toBeUndefined();
    expect(await tenant.skipCode(waiting)).toBe('EMAIL_CONFLICT');
    await rename(tenant, { [accounts]: 'new@x.example' });
    expect(await tenant.account(waiting)).toMatchObject({ status: 'inactive', groups: [tenant.groupId] });
  });

  it('are unique over the connections of an organisation, and free between organisations (invariant 9)', async () => {
    const connections = new Map<string, TestTenant>();
    const first = new TestTenant(database.db, {}, { connections });
    const second = new TestTenant(database.db, {}, { organisationId: first.organisationId, connections });
    const foreign = new TestTenant(database.db);
    const [holder = ''] = await joined(first, ['one@x.example']);
    const [waiting = ''] = await joined(second, ['one@x.example']);
    const [elsewhere = ''] = await joined(foreign, ['one@x.example']);
    expect([await second.skipCode(waiting), await foreign.status(elsewhere)]).toEqual(['EMAIL_CONFLICT', 'inactive']);
    await rename(first, { [holder]: 'two@x.example' });
    expect(await second.status(waiting)).toBe('inactive');
  });

  it('of people who are gone for good are free for their successors', async () => {
    const tenant = new TestTenant(database.db);
    const [gone = ''] = await joined(tenant, ['desk@x.example']);
    const [successor = ''] = await joined(tenant, ['desk@x.example']);
    expect(await tenant.account(successor)).toBeUndefined();
    await tenant.users([{ id: gone, state: 'deleted' }], { origin: 'delta' });
    expect([await tenant.status(gone), await tenant.status(successor)]).toEqual(['deactivated', 'inactive']);
  });

  it('of people who were deleted are free for who is made anew with them; whoever is restored waits until it is free again', async () => {
    const tenant = new TestTenant(database.db);
    const [deleted = ''] = await joined(tenant, ['desk@x.example']);
    const [successor = ''] = await joined(tenant, ['desk@x.example']);
    expect(await tenant.skipCode(successor)).toBe('EMAIL_CONFLICT');
    await tenant.users([{ id: deleted, state: 'softDeleted' }], { origin: 'delta' });
    expect([await tenant.status(deleted), await tenant.status(successor)]).toEqual(['deactivated', 'inactive']);

    const attributes = { displayName: 'Restored', mail: 'desk@x.example', accountEnabled: true };
    await tenant.users([{ id: deleted, state: 'present', attributes }], { origin: 'delta' });
    expect([await tenant.status(deleted), await tenant.skipCode(deleted)]).toEqual(['deactivated', 'EMAIL_CONFLICT']);
    await rename(tenant, { [successor]: 'other@x.example' });
    expect([await tenant.status(deleted), await tenant.skipCode(deleted)]).toEqual(['inactive', null]);
  });

  it('and names kept by hand are filled once and never changed again (invariant 8)', async () => {
    const tenant = new TestTenant(database.db, { fields: { displayName: { owner: 'manual' }, email: { owner: 'manual' } } });
    const [person = ''] = await joined(tenant, ['first@x.example']);
    await tenant.users([{ id: person, state: 'present', attributes: { displayName: 'Other', mail: 'second@x.example' } }], {
      origin: 'delta',
    });
    expect(await tenant.account(person)).toMatchObject({ email: 'first@x.example', name: `person-${person.slice(-6)}` });
  });
});
