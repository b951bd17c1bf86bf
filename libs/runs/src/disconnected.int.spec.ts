import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, listChanges, runsMigrations, settleCancelledRuns } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(() => {
  site = new RunHarness(test.db);
  site.tenant.pageSize = 999;
});

const fail = (runId: string, error: unknown): never => {
  throw new Error(`run ${runId} could not be closed`, { cause: error });
};
const settle = () => test.db.transaction((tx) => settleCancelledRuns(tx, site.book(), site.now, fail));
const statuses = async () =>
  Object.fromEntries(
    (
      await test.db.query<{ status: string; people: number }>(
        'SELECT status, count(*) AS people FROM people.accounts WHERE connection_id = $1 GROUP BY 1 ORDER BY 1',
        [site.connectionId],
      )
    ).map(({ status, people: count }) => [status, count]),
  );
async function outcomes(runId: string): Promise<Record<string, number>> {
  const { items } = await listChanges(test.db, site.organisationId, runId, { limit: 10_000 });
  const counts: Record<string, number> = {};
  for (const { action, outcome, reason } of items) {
    const line = [action, outcome, reason?.code].filter((part) => part != null).join(' ');
    counts[line] = (counts[line] ?? 0) + 1;
  }
  return counts;
}
const isSettled = async (runId: string) =>
  (await test.db.query('SELECT 1 FROM runs.sync_runs WHERE id = $1 AND is_settled', [runId])).length === 1;

describe('a run whose connection is disconnected', () => {
  it.each([
    ['requested', async () => undefined],
    [
      'reading',
      async () => {
        site.graph = () => {
          throw Object.assign(new Error('slow down'), { code: 'THROTTLED', retry: { afterMs: 60_000 } });
        };
        await site.work();
      },
    ],
    [
      'comparing',
      async () => {
        site.tenant.groups.set(GROUP, people(1, 19));
        site.tenant.elsewhere.push(...people(20, 20));
        await site.work();
      },
    ],
    ['awaitingReview', () => site.work()],
  ])('ends while it is %s, with the reason, and is settled', async (state, reach) => {
    site.tenant.groups.set(GROUP, people(1, 20));
    if (state === 'comparing') await site.completedRun();
    const { id } = await site.request({ apply: state === 'awaitingReview' ? 'review' : 'automatic' });
    await reach();
    expect(await site.stateOf(id)).toBe(state);
    const before = await statuses();
    await site.disconnect();
    site.passTime(3_600_000);
    await site.work();
    await settle();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'cancelled',
      summary: null,
      error: { code: 'CONNECTION_DISCONNECTED' },
    });
    expect([await isSettled(id), await statuses()]).toEqual([true, before]);
    expect(await test.db.query('SELECT 1 FROM runs.staged_members WHERE run_id = $1', [id])).toEqual([]);
  });

  it('reports what it had applied, and is undone when the tenant is connected again', async () => {
    site.tenant.groups.set(GROUP, people(1, 1_600));
    const { id } = await site.request();
    let handled = 0;
    // Of the pages that were published before, some come after it: nobody applies them.
    site.provisioning.beforePage = async () => {
      if ((handled += 1) === 3) await site.disconnect();
    };
    await site.work();
    site.provisioning.beforePage = () => Promise.resolve();
    await site.provisioning.drain();
    await settle();
    const run = await getRun(test.db, site.organisationId, id);
    expect(run).toMatchObject({ state: 'cancelled', error: { code: 'CONNECTION_DISCONNECTED' } });
    expect(await isSettled(id)).toBe(true);
    const created = run.summary?.created ?? 0;
    expect(created).toBeGreaterThan(0);
    expect(created).toBeLessThan(1_600);
    expect(await statuses()).toEqual({ inactive: created });
    expect(await outcomes(id)).toEqual({
      'create applied': created,
      'grant applied': created,
      'create skipped CANCELLED': 1_600 - created,
      'grant skipped CANCELLED': 1_600 - created,
    });
    site.provisioning.isDisconnected = false;
    await site.complete((await site.requestUndo({ runId: id }, 'automatic')).id);
    expect(await statuses()).toEqual({ deactivated: created });
  });

  it('leaves no removal waiting for the rest of its round, and takes nobody', async () => {
    site.settings = {
      ...site.settings,
      guard: { ...site.settings.guard, maxRemovals: null, maxRemovalPercent: 50 },
    };
    site.tenant.groups.set(GROUP, people(1, 4_000));
    await site.completedRun();
    site.tenant.groups.set(GROUP, people(1, 2_600));
    site.tenant.elsewhere.push(...people(2_601, 4_000));
    const { id } = await site.request();
    await site.work();
    site.passTime(60_000);
    let handled = 0;
    site.provisioning.beforePage = async () => {
      if ((handled += 1) === 2) await site.disconnect();
    };
    await site.work();
    await site.provisioning.drain();
    await settle();
    expect([await site.stateOf(id), await isSettled(id)]).toEqual(['cancelled', true]);
    expect(await statuses()).toEqual({ inactive: 4_000 });
    expect(await test.db.query('SELECT 1 FROM people.round_pages WHERE connection_id = $1', [site.connectionId])).toEqual([]);
  });
});
