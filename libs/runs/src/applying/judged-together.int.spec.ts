import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionSettings } from '#contracts';
import { withDatabase } from '#database/testing';
import type { DirectoryMember } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const group = (n: number) => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`;
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const disabled = ({ id, attributes }: DirectoryMember) =>
  buildMember(id, { attributes: { ...attributes, accountEnabled: false } });

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(() => {
  site = new RunHarness(test.db);
  site.tenant.pageSize = 999;
});

function guard(limits: Partial<ConnectionSettings['guard']>): void {
  site.settings = { ...site.settings, guard: { maxRemovals: null, maxRemovalPercent: null, windowMinutes: 60, ...limits } };
}
const gone = async () =>
  (await test.db.query(`SELECT 1 FROM people.accounts WHERE connection_id = $1 AND is_out`, [site.connectionId])).length;
const held = async () => {
  const rows = await test.db.query<{ code: string; people: number }>(
    `SELECT code, count(DISTINCT entra_object_id) AS people FROM people.held_changes WHERE connection_id = $1 AND state = 'open' GROUP BY code`,
    [site.connectionId],
  );
  return Object.fromEntries(rows.map(({ code, people: n }) => [code, n]));
};
const alerts = async () =>
  (
    await test.db.query<{ group: string | null }>(
      `SELECT group_id AS "group" FROM people.guard_trips WHERE connection_id = $1 AND ended_at IS NULL ORDER BY 1`,
      [site.connectionId],
    )
  ).map((trip) => trip.group);

/** Three groups of thirty. */
async function threeGroups(): Promise<void> {
  for (const n of [0, 1, 2]) site.tenant.groups.set(group(n), people(n * 30 + 1, n * 30 + 30));
  await site.completedRun();
}
function leave(n: number, count: number): void {
  const members = site.tenant.groups.get(group(n)) ?? [];
  site.tenant.elsewhere.push(...members.slice(0, count));
  site.tenant.groups.set(group(n), members.slice(count));
}

describe('the removals of a run by itself are judged together (invariant 5)', () => {
  it('past the limit of the connection all of them are held, although no group is past its own', async () => {
    await threeGroups();
    guard({ maxRemovals: 20 });
    for (const n of [0, 1, 2]) leave(n, 8);
    const id = await site.completedRun();
    expect([await gone(), await held(), await alerts()]).toEqual([0, { GUARD_TRIPPED: 24 }, [null]]);
    expect((await getRun(test.db, site.organisationId, id)).summary).toMatchObject({ deactivated: 0, held: 24 });
  });

  it('within it all of them go, and what one group holds does not count for the others', async () => {
    await threeGroups();
    guard({ maxRemovals: 20 });
    leave(0, 25);
    leave(1, 8);
    leave(2, 8);
    await site.completedRun();
    expect([await gone(), await held(), await alerts()]).toEqual([16, { GUARD_TRIPPED: 25 }, [group(0)]]);
  });

  it('somebody who was lost inside the window already and is lost again counts once', async () => {
    await threeGroups();
    guard({ maxRemovals: 20 });
    leave(0, 8);
    const { id } = await site.request();
    await site.work();
    site.passTime(60_000);
    await site.work();
    expect([await site.stateOf(id), await gone()]).toEqual(['completed', 8]);
    site.tenant.groups.set(group(0), people(1, 30));
    await site.request();
    await site.work();
    expect(await gone()).toBe(0);
    site.passTime(16 * 60_000);
    for (const n of [0, 1]) leave(n, 8);
    await site.request();
    await site.work();
    site.passTime(60_000);
    await site.work();
    expect([await gone(), await held()]).toEqual([16, {}]);
  });

  it('a mass disable of more people than a page takes is held as a whole', async () => {
    const members = people(1, 1_200);
    site.tenant.groups.set(group(0), members);
    await site.completedRun();
    guard({ maxRemovalPercent: 50 });
    site.tenant.groups.set(group(0), [...members.slice(0, 700).map(disabled), ...members.slice(700)]);
    await site.completedRun();
    expect([await gone(), await held()]).toEqual([0, { GUARD_TRIPPED: 700 }]);
  });

  it('a scope that it would empty over several pages keeps everybody, where no limit is set', async () => {
    const members = people(1, 600);
    site.tenant.groups.set(group(0), members);
    await site.completedRun();
    guard({});
    site.tenant.groups.set(group(0), members.map(disabled));
    await site.completedRun();
    expect([await gone(), await held()]).toEqual([0, { GUARD_WOULD_EMPTY: 600 }]);
  });
});
