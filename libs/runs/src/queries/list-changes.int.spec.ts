import { beforeAll, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { listChanges, planRemoves, runsMigrations, type ChangeListing } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** A plan of thirty lines: fourteen people come; the last one of the order goes. */
async function waitingPlan(): Promise<{ site: RunHarness; id: string }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(81, 99));
  await site.completedRun();
  site.tenant.groups.set(GROUP, [...people(1, 14), ...people(81, 98)]);
  site.tenant.elsewhere.push(...people(99, 99));
  const { id } = await site.request({ apply: 'review' });
  await site.work();
  site.passTime(60_000);
  await site.work();
  return { site, id };
}

async function pages(
  { site, id }: { site: RunHarness; id: string },
  filter: Omit<ChangeListing, 'limit' | 'cursor'>,
): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listChanges(test.db, site.organisationId, id, { ...filter, limit: 5, cursor }, 8);
    found.push(page.items.map(({ action, entraObjectId }) => `${action} ${Number(entraObjectId.slice(-4))}`).join(', '));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

it('looks at so many lines for a page and no further: what is meant may come on a later one', async () => {
  const plan = await waitingPlan();
  expect(await pages(plan, { action: 'deactivate' })).toEqual(['', '', '', 'deactivate 99']);
  expect(await pages(plan, { q: 'person 0014' })).toEqual(['', '', '', 'create 14, grant 14']);
  expect(await pages(plan, { outcome: 'failed' })).toEqual(['', '', '', '']);
  const whole = (await pages(plan, {})).join(', ').split(', ');
  expect([whole.length, new Set(whole).size]).toEqual([30, 30]);
  expect((await pages(plan, { action: 'grant' })).filter((page) => page !== '').join(', ')).toBe(
    Array.from({ length: 14 }, (_, n) => `grant ${n + 1}`).join(', '),
  );
});

it('knows of a whole plan whether it takes anything away, by what is still to be applied and by its organisation', async () => {
  const { site, id } = await waitingPlan();
  expect(await planRemoves(test.db, site.organisationId, id)).toBe(true);
  expect(await planRemoves(test.db, GROUP, id)).toBe(false);
  await test.db.query(`UPDATE runs.planned_changes SET decision = 'skip' WHERE run_id = $1 AND entra_object_id = $2`, [
    id,
    person(99),
  ]);
  expect(await planRemoves(test.db, site.organisationId, id)).toBe(false);
});
