import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { approveRun, getRun, requestRun, RunInProgressError, runsMigrations, type SyncRun } from '#runs';
import { buildMember, RunHarness, SleepingDatabase } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** Five people, of whom two have left and one is new. */
async function siteAfterChange(apply: 'automatic' | 'review'): Promise<{ site: RunHarness; run: SyncRun }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, 5));
  await site.completedRun();
  site.tenant.groups.set(GROUP, [...people(1, 3), ...people(6, 6)]);
  site.tenant.elsewhere.push(...people(4, 5));
  return { site, run: await site.request({ apply }) };
}

/** Everything that a run leaves behind and that a second writer could spoil. */
async function traces(site: RunHarness, { id }: SyncRun): Promise<unknown> {
  const [run] = await test.db.query(
    `SELECT state, summary - 'durationMs' - 'graphRequests' AS summary, error, published_seq, planned_seq, people_count FROM runs.sync_runs WHERE id = $1`,
    [id],
  );
  const rows = (sql: string) => test.db.query(sql, [id]);
  return {
    run,
    lines: await rows(
      'SELECT seq, ordinal, action, entra_object_id, outcome, code FROM runs.planned_changes WHERE run_id = $1 ORDER BY 1, 2',
    ),
    proofs: await rows('SELECT group_id, read_people, account_people, reasons FROM runs.group_proofs WHERE run_id = $1'),
    effects: await rows('SELECT type, entra_object_id FROM people.run_effects WHERE run_id = $1 ORDER BY 1, 2'),
    staged: await rows('SELECT 1 FROM runs.staged_members WHERE run_id = $1'),
    ends: site.endings.filter((ending) => ending.run.id === id).length,
    told: await test.db.query(
      `SELECT event->>'type' AS type, count(*) AS times
         FROM (SELECT convert_from(value, 'UTF8')::jsonb AS event FROM messaging.outbox WHERE topic = 'sync.runs.v1' AND key = $1) AS told
        WHERE event->>'subject' = $2 AND event->>'type' <> 'rollcall.run.progressed' GROUP BY 1 ORDER BY 1`,
      [site.connectionId, id],
    ),
  };
}

/** One replica takes the run as far as it comes and sleeps; another takes it over and ends it; then the first wakes up. */
async function takeOver(site: RunHarness, steps: number, bringToEnd: () => Promise<void>): Promise<boolean> {
  const sleeping = new SleepingDatabase(test.db, steps);
  const stale = site.work(site.worker({ database: sleeping.database })).then(() => 'ended');
  if ((await Promise.race([stale, sleeping.asleep])) === 'ended') return false;
  await site.expireLeases();
  await bringToEnd();
  sleeping.wake();
  await stale;
  await site.provisioning.drain();
  return true;
}

describe('a replica that slept while another one took its run over', () => {
  it.each(['automatic', 'review'] as const)('writes nothing more, wherever it slept: %s', async (apply) => {
    const toEnd = async (site: RunHarness, { id }: SyncRun) => {
      await site.work();
      site.passTime(60_000);
      await site.work();
      if ((await site.stateOf(id)) === 'awaitingReview') await site.approve(id);
      await site.work();
    };
    const model = await siteAfterChange(apply);
    await toEnd(model.site, model.run);
    const expected = await traces(model.site, model.run);
    expect(expected).toMatchObject({ run: { state: 'completed' }, ends: 1 });
    let slept = 0;
    for (let steps = 2, hasSlept = true; hasSlept; steps += 3) {
      const { site, run } = await siteAfterChange(apply);
      hasSlept = await takeOver(site, steps, () => toEnd(site, run));
      if (!hasSlept) await toEnd(site, run);
      if (hasSlept) slept += 1;
      expect(await traces(site, run), `slept after ${steps} steps`).toEqual(expected);
    }
    expect(slept).toBeGreaterThan(3);
  });

  it('also after the review, while it looks again, applies, proves and sums up', async () => {
    const reviewed = async () => {
      const { site, run } = await siteAfterChange('review');
      await site.work();
      site.passTime(60_000);
      await site.work();
      await site.approve(run.id);
      return { site, run };
    };
    const model = await reviewed();
    await model.site.work();
    const expected = await traces(model.site, model.run);
    expect(expected).toMatchObject({ run: { state: 'completed' }, ends: 1 });
    let slept = 0;
    for (let steps = 2, hasSlept = true; hasSlept; steps += 3) {
      const { site, run } = await reviewed();
      hasSlept = await takeOver(site, steps, () => site.work());
      if (hasSlept) slept += 1;
      expect(await traces(site, run), `slept after ${steps} steps`).toEqual(expected);
    }
    expect(slept).toBeGreaterThan(3);
  });

  it('also while it undoes', async () => {
    const undoing = async () => {
      const { site, run } = await siteAfterChange('automatic');
      await site.complete(run.id);
      return { site, run: await site.requestUndo({ runId: run.id }, 'automatic') };
    };
    const model = await undoing();
    await model.site.work();
    const expected = await traces(model.site, model.run);
    expect(expected).toMatchObject({ run: { state: 'completed' }, ends: 1 });
    for (let steps = 2, hasSlept = true; hasSlept; steps += 2) {
      const { site, run } = await undoing();
      hasSlept = await takeOver(site, steps, () => site.work());
      expect(await traces(site, run), `slept after ${steps} steps`).toEqual(expected);
    }
  });
});

describe('two people at once', () => {
  let site: RunHarness;
  beforeEach(() => {
    site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
  });

  const ask = () => ({ connectionId: site.connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL' }) as const;

  it('who ask, one of them before the other has committed, get one run', async () => {
    let other: Promise<SyncRun> | undefined;
    const first = await test.db.transaction(async (tx) => {
      const run = await requestRun(tx, site.actor, ask(), site.now);
      other = test.db.transaction((second) => requestRun(second, site.actor, ask(), site.now));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return run;
    });
    expect((await other)?.id).toBe(first.id);
    await site.work();
  });

  it('one of whom approves a plan while the other asks for a run: the second to come is told of the first', async () => {
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    const { planHash } = await getRun(test.db, site.organisationId, id);
    let approval: Promise<unknown> | undefined;
    const asked = await test.db.transaction(async (tx) => {
      const run = await requestRun(tx, site.actor, ask(), site.now);
      approval = test.db
        .transaction((second) => approveRun(second, site.actor, id, planHash ?? '', site.now))
        .catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return run;
    });
    const refusal = await approval;
    expect(refusal).toBeInstanceOf(RunInProgressError);
    expect(refusal).toMatchObject({ runId: asked.id });
    expect(await site.stateOf(id)).toBe('awaitingReview');
    await site.work();
  });

  it('who approve the same plan approve it once', async () => {
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    const approvals = await Promise.all([1, 2].map(() => site.approve(id)));
    expect(approvals.map((run) => run.id)).toEqual([id, id]);
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
  });
});
