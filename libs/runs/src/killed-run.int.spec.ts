import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { approveRun, getRun, runsMigrations } from '#runs';
import { buildMember, killableDatabase, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** A site where two of five people have left, and the run that is to find it. */
async function siteWithLeavers(apply: 'automatic' | 'review'): Promise<{ site: RunHarness; id: string }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, 5));
  await site.request();
  await site.work();
  site.passTime(3_600_000);
  site.tenant.groups.set(GROUP, people(1, 3));
  site.tenant.elsewhere.push(...people(4, 5));
  return { site, id: (await site.request({ apply })).id };
}

async function effectsOf(runId: string): Promise<string[]> {
  const rows = await test.db.query<{ type: string; id: string }>(
    'SELECT type, entra_object_id AS id FROM people.run_effects WHERE run_id = $1 ORDER BY 2, 1',
    [runId],
  );
  return rows.map(({ type, id }) => `${type.split('.').at(-1)} ${Number(id.slice(-4))}`);
}

/** Works, is killed after that many steps if it lives so long, and is followed by another worker. */
async function workThroughKill(site: RunHarness, steps: number): Promise<boolean> {
  const doomed = site.worker({ database: killableDatabase(test.db, { steps }) });
  const wasKilled = await site.work(doomed).then(
    () => false,
    () => true,
  );
  await site.expireLeases();
  await site.work();
  return wasKilled;
}

const LEFT = ['deactivated 4', 'revoked 4', 'deactivated 5', 'revoked 5'];

describe('a run that removes, killed anywhere (invariants 1 and 4)', () => {
  it('while it confirms, plans or applies by itself, removes once and whom it should', async () => {
    for (let steps = 1, isKilled = true; isKilled; steps += 4) {
      const { site, id } = await siteWithLeavers('automatic');
      await site.work();
      site.passTime(60_000);
      isKilled = await workThroughKill(site, steps);
      expect(await site.stateOf(id), `killed after ${steps} steps`).toBe('completed');
      expect(await effectsOf(id), `killed after ${steps} steps`).toEqual(LEFT);
    }
  });

  it('while it compares an approved plan with the directory or applies it, does what was approved once', async () => {
    for (let steps = 1, isKilled = true; isKilled; steps += 4) {
      const { site, id } = await siteWithLeavers('review');
      await site.work();
      site.passTime(60_000);
      await site.work();
      const { planHash } = await getRun(test.db, site.organisationId, id);
      await test.db.transaction((tx) => approveRun(tx, site.actor, id, planHash ?? '', site.now));
      isKilled = await workThroughKill(site, steps);
      expect(await site.stateOf(id), `killed after ${steps} steps`).toBe('completed');
      expect(await effectsOf(id), `killed after ${steps} steps`).toEqual(LEFT);
    }
  });
});

describe('a lying answer', () => {
  it('of an empty group plans nobody out, however often it comes (invariant 4)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 4));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.tenant.lyingEmpty.add(GROUP);
    for (const apply of ['automatic', 'review'] as const) {
      const { id } = await site.request({ apply });
      await site.work();
      site.passTime(60_000);
      await site.work();
      expect(await site.stateOf(id)).toBe('completed');
      expect(await effectsOf(id)).toEqual([]);
    }
  });

  it('that is true: a group that is really empty meets the rule on zero, so its people are held (invariant 5)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 4));
    await site.request();
    await site.work();
    site.passTime(3 * 3_600_000);
    site.tenant.groups.set(GROUP, []);
    site.tenant.elsewhere.push(...people(1, 4));
    const { id } = await site.request();
    await site.work();
    site.passTime(60_000);
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { deactivated: 0, revoked: 0, held: 4, unreadable: [{ groupId: GROUP, code: 'GROUP_EMPTY' }] },
    });
  });
});
