import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { cancelRun, getRun, listChanges, runsMigrations, settleCancelledRuns } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const outcomes = async (site: RunHarness, runId: string) =>
  (await listChanges(test.db, site.organisationId, runId, { limit: 1_000 })).items.map(
    ({ action, entraObjectId, outcome, reason }) =>
      [action, Number(entraObjectId.slice(-4)), outcome, ...(reason === null ? [] : [reason.code])].join(' '),
  );
const statuses = (site: RunHarness) =>
  test.db
    .query<{ status: string; people: number }>(
      'SELECT status, count(*) AS people FROM people.accounts WHERE connection_id = $1 GROUP BY 1 ORDER BY 1',
      [site.connectionId],
    )
    .then((rows) => Object.fromEntries(rows.map(({ status, people: count }) => [status, count])));

const fail = (runId: string, error: unknown): never => {
  throw new Error(`run ${runId} could not be closed`, { cause: error });
};

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

describe('a run with a page that no handler can take', () => {
  it('goes on, completes, and names the changes that failed', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    site.provisioning.isPoison = ({ type }) => type === 'rollcall.directory.memberships.changed';
    const { id } = await site.request();
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { created: 0, failed: 3 },
      error: { code: 'DEAD_LETTER', message: expect.stringContaining('Person 0001') as string },
    });
    expect(await outcomes(site, id)).toContain('create 1 failed DEAD_LETTER');
    const { items } = await listChanges(test.db, site.organisationId, id, { limit: 1 });
    expect(items[0]?.reason?.message).toBe('INTERNAL_ERROR: no handler could take it');
  });
});

describe('an automatic run that is cancelled between two portions', () => {
  it('leaves no round waiting: nobody of an open round is removed, and every line has its outcome', async () => {
    const site = new RunHarness(test.db);
    site.tenant.pageSize = 999;
    site.tenant.groups.set(GROUP, people(1, 6_000));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.tenant.groups.set(GROUP, people(1, 5_200));
    site.tenant.elsewhere.push(...people(5_201, 6_000));
    site.settings = { ...site.settings, guard: { maxRemovals: null, maxRemovalPercent: null, windowMinutes: 60 } };
    const { id } = await site.request();
    await site.work();
    site.passTime(60_000);
    const stopping = new AbortController();
    const working = site.worker().workOnce(stopping.signal);
    for (let published = 0; published === 0;) {
      const pages = await test.db.query<{ n: number }>('SELECT count(*) AS n FROM runs.published_pages WHERE run_id = $1', [id]);
      published = pages[0]!.n;
      if (published > 0) await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
    }
    await working;
    await site.provisioning.drain();
    expect(await site.stateOf(id)).toBe('cancelled');
    const staged = 'SELECT 1 FROM people.round_pages WHERE connection_id = $1';
    const round = await test.db.query<{ isWhole: boolean }>(
      'SELECT bool_or(is_counted) AS "isWhole" FROM runs.published_pages WHERE run_id = $1',
      [id],
    );
    expect(await test.db.query(staged, [site.connectionId])).toEqual([]);
    expect(await statuses(site)).toEqual(
      round[0]?.isWhole === true ? { inactive: 5_200, deactivated: 800 } : { inactive: 6_000 },
    );
    const settled = await test.db.transaction((tx) =>
      settleCancelledRuns(tx, { ...site.book(), runEnded: async () => undefined }, site.now, fail),
    );
    expect(settled).toBeGreaterThan(0);
    expect((await outcomes(site, id)).filter((line) => line.includes('null'))).toEqual([]);
    expect(await test.db.query('SELECT 1 FROM runs.staged_members WHERE run_id = $1', [id])).toEqual([]);
  });
});

describe('runs that were cancelled', () => {
  it('are closed although the books of one of them cannot be: it is named, and tried again', async () => {
    const sites = [new RunHarness(test.db), new RunHarness(test.db)] as const;
    const ids: string[] = [];
    for (const site of sites) {
      const { id } = await site.request();
      await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
      ids.push(id);
    }
    const book = sites[0].book();
    const broken: typeof book.runEnded = async (tx, run, groups) => {
      if (run.id === ids[0]) await tx.query('SELECT 1 / 0');
      return book.runEnded(tx, run, groups);
    };
    const named: string[] = [];
    const settle = (runEnded: typeof book.runEnded) =>
      test.db.transaction((tx) =>
        settleCancelledRuns(tx, { ...book, runEnded }, sites[0].now, (runId) => void named.push(runId)),
      );
    await settle(broken);
    expect(named).toEqual([ids[0]]);
    expect(sites[0].endings.map(({ run }) => run.id)).toEqual([ids[1]]);
    await settle(book.runEnded);
    expect(sites[0].endings.map(({ run }) => run.id)).toEqual([ids[1], ids[0]]);
  });
});

describe('a run whose transactions collide with others', () => {
  it('does them again however often it happens', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    const { id } = await site.request();
    let collisions = 0;
    const colliding = Object.assign(Object.create(test.db) as typeof test.db, {
      transaction: (work: Parameters<typeof test.db.transaction>[0]) => {
        if (collisions >= 8) return test.db.transaction(work);
        collisions += 1;
        return Promise.reject(Object.assign(new Error('deadlock detected'), { code: '40P01' }));
      },
    });
    for (let looks = 0; looks < 10; looks += 1) {
      await site.work(site.worker({ database: colliding }));
      site.passTime(10_000);
    }
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({ state: 'completed', summary: { created: 3 } });
  });
});

describe('a run that fails while it applies', () => {
  it('reports what it had applied, as a cancelled one does, and can be undone', async () => {
    const site = new RunHarness(test.db);
    site.tenant.pageSize = 999;
    site.tenant.groups.set(GROUP, people(1, 600));
    const { id } = await site.request();
    const broken = Object.assign(Object.create(test.db) as typeof test.db, {
      transaction: (work: Parameters<typeof test.db.transaction>[0]) =>
        test.db.transaction(async (tx) => {
          const done = await work(tx);
          const [run] = await tx.query<{ seq: number }>('SELECT published_seq AS seq FROM runs.sync_runs WHERE id = $1', [id]);
          if (run!.seq > 500) throw new Error('foreseen by nobody');
          return done;
        }),
    });
    for (let tries = 0; (await site.stateOf(id)) !== 'failed'; tries += 1) {
      expect(tries).toBeLessThan(10);
      await site.work(site.worker({ database: broken }));
      site.passTime(10_000);
    }
    expect(await statuses(site)).toEqual({ inactive: 500 });
    await test.db.transaction((tx) => settleCancelledRuns(tx, site.book(), site.now, fail));
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'failed',
      error: { code: 'INTERNAL_ERROR' },
      summary: { fetched: 600, created: 500, granted: 500 },
    });
    expect((await outcomes(site, id)).filter((line) => line.includes('null'))).toEqual([]);
    expect(site.endings.filter(({ run }) => run.id === id)).toHaveLength(1);
    expect(await test.db.query('SELECT 1 FROM runs.staged_members WHERE run_id = $1', [id])).toEqual([]);
    await site.complete((await site.requestUndo({ runId: id }, 'automatic')).id);
    expect(await statuses(site)).toEqual({ deactivated: 500 });
  });
});

describe('people whose facts came while effects were not wanted', () => {
  it('are planned and applied by the next run although no fact of them differs', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 8));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.provisioning.live = false;
    site.tenant.groups.set(GROUP, people(2, 9));
    await site.provisioning.report(GROUP, [
      { memberId: person(1), memberType: 'user', change: 'removed' },
      { memberId: person(9), memberType: 'user', change: 'added' },
    ]);
    await site.provisioning.reportUser(buildMember(person(9)));
    expect(await statuses(site)).toEqual({ inactive: 8 });
    site.passTime(3_600_000);
    const { id } = await site.request();
    await site.work();
    expect((await outcomes(site, id)).sort()).toEqual([
      'create 9 applied',
      'deactivate 1 applied NOT_IN_SCOPE',
      'grant 9 applied',
      'revoke 1 applied',
    ]);
    expect(await statuses(site)).toEqual({ inactive: 8, deactivated: 1 });
    const again = await site.request();
    await site.work();
    expect(await outcomes(site, again.id)).toEqual([]);
  });
});
