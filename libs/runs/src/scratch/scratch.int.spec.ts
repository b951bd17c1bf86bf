import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { dueFollowUps, getRun, runsMigrations, scheduleFollowUps } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

describe('a run from scratch', () => {
  it('reads nothing before the new links are taken, then everything, with a plan and the guard', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 20));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.tenant.groups.set(GROUP, people(1, 1));
    site.tenant.elsewhere.push(...people(2, 20));
    site.tenant.pagesServed.length = 0;
    site.hasNewLinks = false;
    const { id } = await site.request({ kind: 'scratch' });
    await site.work();
    site.passTime(2_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('requested');
    expect(site.begunAnew).toEqual([id, id]);
    expect(site.tenant.pagesServed).toEqual([]);
    site.hasNewLinks = true;
    site.passTime(2_000);
    await site.work();
    site.passTime(60_000);
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      kind: 'scratch',
      state: 'completed',
      summary: { fetched: 1, deactivated: 0, held: 19 },
    });
  });

  it('goes on with the old links where the new ones do not come, since those are read on', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    site.hasNewLinks = false;
    const { id } = await site.request({ kind: 'scratch' });
    await site.work();
    site.passTime(11 * 60_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
  });

  it('is compared once more when settle has passed, as every first read is', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    const { id } = await site.request({ kind: 'scratch' });
    await site.work();
    const [ending] = site.endings;
    expect(ending?.run.id).toBe(id);
    await test.db.transaction((tx) => scheduleFollowUps(tx, ending!.run, ending!.groups, 900_000, site.now));
    const due = (await dueFollowUps(test.db, new Date(site.now.getTime() + 900_000))).filter(
      ({ connectionId }) => connectionId === site.connectionId,
    );
    expect(due).toMatchObject([{ reason: 'SETTLED' }]);
  });
});
