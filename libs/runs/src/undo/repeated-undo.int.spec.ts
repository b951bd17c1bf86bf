import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { listPins, peopleMigrations } from '#people';
import { cancelRun, decideChange, decideChanges, getRun, listChanges, runsMigrations, type UndoAsk } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(() => void (site = new RunHarness(test.db)));

const accounts = async () =>
  (
    await test.db.query<{ line: string }>(
      `SELECT concat_ws(' ', right(a.entra_object_id::text, 2)::int, a.status, a.display_name, a.given_name,
                (SELECT count(*) FROM people.grants g WHERE g.account_id = a.id)) AS line
         FROM people.accounts a WHERE a.connection_id = $1 ORDER BY a.entra_object_id`,
      [site.connectionId],
    )
  ).map(({ line }) => line);
async function lines(id: string): Promise<string[]> {
  const { items } = await listChanges(test.db, site.organisationId, id, { limit: 1_000 });
  return items
    .map(({ action, entraObjectId, outcome, reason }) =>
      [action, Number(entraObjectId.slice(-4)), outcome, reason?.code].filter((part) => part != null).join(' '),
    )
    .toSorted();
}
async function planned(undoes: UndoAsk['undoes']): Promise<string> {
  const { id } = await site.requestUndo(undoes);
  await site.work();
  return id;
}
async function approved(id: string): Promise<string> {
  await site.approve(id);
  await site.complete(id);
  return id;
}
const isUndone = async (runId: string) => (await getRun(test.db, site.organisationId, runId)).undone;
const keepOut = (runId: string, entraObjectId: string) =>
  test.db.transaction((tx) => decideChanges(tx, site.actor, runId, { entraObjectId }, 'skip'));
const timesTold = async (runId: string) =>
  (
    await test.db.query(
      `SELECT 1 FROM messaging.outbox WHERE topic = 'sync.runs.v1' AND convert_from(value, 'UTF8') LIKE '%rollcall.run.undone%' || $1 || '%'`,
      [runId],
    )
  ).length;

/** Ten people, of whom the second run lets two go, brings one and renames one. */
async function siteAfterChange(): Promise<{ before: string[]; changing: string }> {
  site.tenant.groups.set(GROUP, people(1, 10));
  await site.completedRun();
  const before = await accounts();
  const { attributes } = buildMember(person(5));
  const renamed = buildMember(person(5), { attributes: { ...attributes, displayName: 'Renamed', givenName: 'Re' } });
  site.tenant.groups.set(GROUP, [...people(3, 4), renamed, ...people(6, 11)]);
  site.tenant.elsewhere.push(...people(1, 2));
  return { before, changing: await site.completedRun() };
}

describe('an undo that was done in part is repeated for the rest (invariant 7)', () => {
  it('a review left somebody out: the run is not undone yet, and the second plan has only them', async () => {
    const { before, changing } = await siteAfterChange();
    const first = await planned({ runId: changing });
    await keepOut(first, person(1));
    await approved(first);
    expect([await isUndone(changing), await timesTold(changing)]).toEqual([false, 0]);
    const second = await planned({ runId: changing });
    expect(await lines(second)).toEqual(['grant 1', 'reactivate 1']);
    await approved(second);
    expect((await accounts()).slice(0, 10)).toEqual(before);
    expect([await isUndone(changing), await timesTold(changing)]).toEqual([true, 1]);
    expect(await lines(await site.completedRun()), 'both undos are kept by their pins').toEqual([]);
  });

  it('a review kept a field: it is what is left, and the pin of the other field stays', async () => {
    const { before, changing } = await siteAfterChange();
    const first = await planned({ runId: changing });
    const { items } = await listChanges(test.db, site.organisationId, first, { limit: 100 });
    const update = items.find(({ action }) => action === 'update');
    await test.db.transaction((tx) => decideChange(tx, site.actor, first, update!.id, { keepFields: ['givenName'] }));
    await approved(first);
    expect([await isUndone(changing), (await accounts())[4]]).toEqual([false, '5 inactive Person 0005 Re 1']);
    const second = await planned({ runId: changing });
    expect(await lines(second)).toEqual(['update 5']);
    await approved(second);
    expect((await accounts()).slice(0, 10)).toEqual(before);
    expect(await isUndone(changing)).toBe(true);
    const pins = await listPins(test.db, { organisationId: site.organisationId, limit: 100 });
    const fields = pins.items.filter(({ entraObjectId }) => entraObjectId === person(5)).map(({ field }) => field);
    expect(fields.toSorted()).toEqual(['displayName', 'givenName']);
    expect(await lines(await site.completedRun())).toEqual([]);
  });

  it('somebody moved while it waited: the second says who and why, and with nothing left the run is undone', async () => {
    const { changing } = await siteAfterChange();
    const first = await planned({ runId: changing });
    await site.provisioning.reportUser(buildMember(person(5), { attributes: { displayName: 'Moved', givenName: 'Mo' } }));
    await approved(first);
    expect(await lines(first)).toContain('update 5 stale PLAN_STALE');
    expect(await isUndone(changing)).toBe(false);
    const second = await planned({ runId: changing });
    expect(await lines(second)).toEqual(['skip 5 skipped CHANGED_SINCE']);
    expect(await site.stateOf(second)).toBe('completed');
    expect([await isUndone(changing), await timesTold(changing)]).toEqual([true, 1]);
  });

  it('cancelled in the middle: what is left is undone by the next', async () => {
    site.tenant.pageSize = 999;
    site.tenant.groups.set(GROUP, people(1, 250));
    const changing = await site.completedRun();
    const { id } = await site.requestUndo({ runId: changing }, 'automatic');
    const gone = async () =>
      (
        await test.db.query(`SELECT 1 FROM people.accounts WHERE connection_id = $1 AND status = 'deactivated'`, [
          site.connectionId,
        ])
      ).length;
    const { rules } = site.provisioning;
    const { connectionOf } = rules;
    const once: typeof connectionOf = async (...asked) => {
      if ((await gone()) > 0) throw new Error('killed by the test');
      return connectionOf(...asked);
    };
    Object.assign(rules, { connectionOf: once });
    await site.work();
    Object.assign(rules, { connectionOf });
    expect(await gone()).toBe(200);
    await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
    expect(await isUndone(changing)).toBe(false);
    const rest = await planned({ runId: changing });
    expect(await lines(rest)).toHaveLength(100);
    await approved(rest);
    expect([await gone(), await isUndone(changing)]).toEqual([250, true]);
  });
});

describe('undoing what is undone already', () => {
  it('plans nothing, does nothing, and tells nothing again', async () => {
    const { changing } = await siteAfterChange();
    await approved(await planned({ runId: changing }));
    const undone = await accounts();
    for (let times = 0; times < 2; times += 1) {
      const again = await planned({ runId: changing });
      expect([await site.stateOf(again), await lines(again)]).toEqual(['completed', []]);
    }
    expect(await accounts()).toEqual(undone);
    expect([await isUndone(changing), await timesTold(changing)]).toEqual([true, 1]);
  });

  it('by another way than before is nothing either: a span over a run that was undone, a run in a span that was', async () => {
    const from = site.now.toISOString();
    const { changing } = await siteAfterChange();
    const span = { from, to: site.now.toISOString() };
    await approved(await planned({ runId: changing }));
    const spanned = await planned(span);
    expect((await lines(spanned)).filter((line) => line.includes(' 11'))).toEqual([]);
    await approved(spanned);
    expect((await accounts()).map((line) => line.split(' ')[1])).toEqual(Array.from({ length: 11 }, () => 'deactivated'));
    expect(await lines(await planned({ runId: changing }))).toEqual([]);
    expect(await lines(await planned(span))).toEqual([]);
  });

  it('takes the place of an undo of the same that still waits, with what was decided there', async () => {
    const { changing } = await siteAfterChange();
    const first = await planned({ runId: changing });
    await keepOut(first, person(1));
    const second = await planned({ runId: changing });
    expect([await site.stateOf(first), await site.stateOf(second)]).toEqual(['superseded', 'awaitingReview']);
    const { items } = await listChanges(test.db, site.organisationId, second, { limit: 100 });
    expect(items.filter(({ carriedOver }) => carriedOver).map(({ decision }) => decision)).toEqual(['skip', 'skip']);
  });
});

describe('a span of time', () => {
  it('is undone in parts too, and the runs within it are undone when nothing is left', async () => {
    site.tenant.groups.set(GROUP, people(1, 3));
    const before = await site.completedRun();
    const from = site.now.toISOString();
    site.tenant.groups.set(GROUP, people(1, 4));
    const one = await site.completedRun();
    site.tenant.groups.set(GROUP, people(1, 5));
    const two = await site.completedRun();
    const span = { from, to: site.now.toISOString() };
    const first = await planned(span);
    await keepOut(first, person(5));
    await approved(first);
    expect(await isUndone(two)).toBe(false);
    const second = await planned(span);
    expect(await lines(second)).toEqual(['deactivate 5', 'revoke 5']);
    await approved(second);
    expect([await isUndone(before), await isUndone(one), await isUndone(two)]).toEqual([false, true, true]);
    await approved(await planned({ runId: second }));
    expect([await isUndone(one), await isUndone(two)], 'the undo of the span was undone').toEqual([false, false]);
    expect((await accounts()).map((line) => line.split(' ')[1]).slice(3)).toEqual(['deactivated', 'inactive']);
  });
});

describe('several undos about one person', () => {
  it('keep each what it took back: the second lifts no pin of the first', async () => {
    site.tenant.groups.set(GROUP, people(1, 1));
    site.tenant.groups.set(OTHER, []);
    await site.completedRun();
    const third = 'aaaaaaaa-0000-4000-8000-000000000003';
    site.tenant.groups.set(OTHER, people(1, 1));
    const one = await site.completedRun();
    site.tenant.groups.set(third, people(1, 1));
    const two = await site.completedRun();
    await approved(await planned({ runId: one }));
    await approved(await planned({ runId: two }));
    expect(await accounts()).toEqual(['1 inactive Person 0001 1']);
    expect(await lines(await site.completedRun())).toEqual([]);
    expect(await accounts()).toEqual(['1 inactive Person 0001 1']);
  });

  it('of which one undoes the other: at each step it is told right what stands', async () => {
    const { changing } = await siteAfterChange();
    const chain = [changing];
    const undone: boolean[][] = [];
    for (let depth = 0; depth < 4; depth += 1) {
      chain.push(await approved(await planned({ runId: chain.at(-1)! })));
      undone.push(await Promise.all(chain.map(isUndone)));
    }
    expect(undone).toEqual([
      [true, false],
      [false, true, false],
      [true, false, true, false],
      [false, true, false, true, false],
    ]);
  });
});
