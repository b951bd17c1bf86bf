import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { added, removed, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);

async function revisionOf(tenant: TestTenant, person: string): Promise<number> {
  const [row] = await database.db.query<{ revision: number }>(
    'SELECT revision FROM people.persons WHERE connection_id = $1 AND entra_object_id = $2',
    [tenant.connectionId, person],
  );
  return row?.revision ?? 0;
}
async function outcomesOf(runId: string): Promise<Record<string, string>> {
  const rows = await database.db.query<{ change_id: string; outcome: string }>(
    'SELECT change_id, outcome FROM people.answered_plan_changes WHERE run_id = $1',
    [runId],
  );
  return Object.fromEntries(rows.map(({ change_id, outcome }) => [change_id, outcome]));
}

it('a planned change is applied only if nothing about the person moved since; a person is one unit over all pages (invariant 6)', async () => {
  const tenant = new TestTenant(database.db);
  const [planned, moved] = [await tenant.join(), await tenant.join()];
  await tenant.joinAll(4);
  tenant.passes(3600);
  const runId = randomUUID();
  const plan = async (person: string) => ({ changeId: randomUUID(), expectedRevision: await revisionOf(tenant, person) });
  const [first, second, third] = [await plan(planned), await plan(planned), await plan(moved)];
  await tenant.users([{ id: moved, state: 'present', attributes: { displayName: 'Moved' } }], { origin: 'delta' });
  await tenant.users([{ id: planned, state: 'present', attributes: { displayName: 'Planned' }, plan: first }], {
    origin: 'run',
    runId,
  });
  const page = [
    { ...removed(planned), plan: second },
    { ...removed(moved), plan: third },
  ];
  await tenant.memberships(page, { origin: 'run', runId });
  expect(await outcomesOf(runId)).toEqual({
    [first.changeId]: 'applied',
    [second.changeId]: 'applied',
    [third.changeId]: 'stale',
  });
  expect([await tenant.status(planned), await tenant.status(moved)]).toEqual(['deactivated', 'inactive']);
});

it('what came too late is read directly: a run may have been the only one that read somebody (invariant 3)', async () => {
  const tenant = new TestTenant(database.db);
  await tenant.joinAll(4);
  const newcomer = randomUUID();
  const runId = randomUUID();
  const plan = { changeId: randomUUID(), expectedRevision: 0 };
  await tenant.memberships([added(newcomer)], { origin: 'delta' });
  tenant.rechecks.length = 0;
  await tenant.users([{ id: newcomer, state: 'present', attributes: { displayName: 'New' }, plan }], { origin: 'run', runId });
  expect(await outcomesOf(runId)).toEqual({ [plan.changeId]: 'stale' });
  expect(tenant.rechecks).toMatchObject([{ kind: 'user', groupId: null, memberId: newcomer, reason: 'PLAN_STALE' }]);
});

it('what a person approved passes the guard and counts for nothing; an automatic run is held', async () => {
  const tenant = new TestTenant(database.db);
  const people = await tenant.joinAll(12);
  tenant.passes(3600);
  const runId = randomUUID();
  const page = await Promise.all(
    people.map(async (id) => ({
      ...removed(id),
      plan: { changeId: randomUUID(), expectedRevision: await revisionOf(tenant, id), approved: true },
    })),
  );
  await tenant.memberships(page, { origin: 'run', runId });
  expect(new Set(Object.values(await outcomesOf(runId)))).toEqual(new Set(['applied']));
  expect(await tenant.openHolds()).toEqual([]);
  const others = await tenant.joinAll(12);
  tenant.passes(3600);
  await tenant.memberships(others.map(removed), { origin: 'run', runId: randomUUID() });
  expect(await tenant.openHolds()).toHaveLength(12);
});

it('answers each page of a run once', async () => {
  const tenant = new TestTenant(database.db);
  const runId = randomUUID();
  const person = randomUUID();
  await tenant.memberships([added(person)], { origin: 'run', runId });
  const pages = await database.db.query('SELECT counts FROM people.answered_run_pages WHERE run_id = $1', [runId]);
  expect(pages).toMatchObject([{ counts: { created: 0, skipped: 1, stale: 0 } }]);
});
