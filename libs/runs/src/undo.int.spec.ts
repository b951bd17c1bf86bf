import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { listPins, peopleMigrations } from '#people';
import { getRun, listChanges, runsMigrations, RunStateError, type UndoAsk } from '#runs';
import { buildMember, killableDatabase, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** Every account as a line: number, status, name, groups. */
const accounts = (site: RunHarness) =>
  test.db
    .query<{ line: string }>(
      `SELECT concat_ws(' ', right(a.entra_object_id::text, 2), a.status, a.display_name, a.email, (SELECT count(*) FROM people.grants g WHERE g.account_id = a.id)) AS line
         FROM people.accounts a WHERE a.connection_id = $1 ORDER BY a.entra_object_id`,
      [site.connectionId],
    )
    .then((rows) => rows.map(({ line }) => line));
/** What the account and the group's list say of whoever is out. */
async function whyOut({ connectionId }: RunHarness, id: string): Promise<unknown> {
  const [row] = await test.db.query(
    `SELECT a.out_code AS account, p.skip_code AS person
       FROM people.accounts a JOIN people.persons p USING (connection_id, entra_object_id)
      WHERE a.connection_id = $1 AND a.entra_object_id = $2`,
    [connectionId, id],
  );
  return row;
}
async function planUndo(site: RunHarness, undoes: UndoAsk['undoes']): Promise<string> {
  const { id } = await site.requestUndo(undoes);
  await site.work();
  return id;
}
async function undo(site: RunHarness, undoes: UndoAsk['undoes']): Promise<string> {
  const id = await planUndo(site, undoes);
  await site.approve(id);
  await site.complete(id);
  return id;
}
const lines = async (site: RunHarness, id: string) =>
  (await listChanges(test.db, site.organisationId, id, { limit: 1_000 })).items.map(
    ({ action, entraObjectId, outcome, reason }) =>
      [action, Number(entraObjectId.slice(-4)), outcome, reason?.code]
        .filter((part) => part !== undefined && part !== null)
        .join(' '),
  );

/** Ten people, of whom the second run lets two go, brings one and renames one. */
async function siteAfterChange(): Promise<{ site: RunHarness; before: string[]; changing: string }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, 10));
  await site.completedRun();
  const before = await accounts(site);
  const renamed = buildMember(person(5));
  site.tenant.groups.set(GROUP, [
    ...people(3, 4),
    { ...renamed, attributes: { ...renamed.attributes, displayName: 'Renamed', mail: 'renamed@example.com' } },
    ...people(6, 11),
  ]);
  site.tenant.elsewhere.push(...people(1, 2));
  return { site, before, changing: await site.completedRun() };
}

describe('undoing a run', () => {
  it('shows its own plan first, then brings accounts, fields and grants back; what it created ends deactivated (invariant 7)', async () => {
    const { site, before, changing } = await siteAfterChange();
    const id = await planUndo(site, { runId: changing });
    expect(await site.stateOf(id)).toBe('awaitingReview');
    expect((await lines(site, id)).sort()).toEqual(
      ['grant 1', 'reactivate 1', 'grant 2', 'reactivate 2', 'update 5', 'deactivate 11', 'revoke 11'].sort(),
    );
    await site.approve(id);
    await site.work();
    expect((await accounts(site)).slice(0, 10)).toEqual(before);
    expect((await accounts(site))[10]).toMatch(/^11 deactivated .* 0$/);
    expect((await lines(site, id)).every((line) => line.endsWith(' applied'))).toBe(true);
    const undoneBy = { runId: id, requestedBy: 'person:admin' };
    expect(await getRun(test.db, site.organisationId, changing)).toMatchObject({ undone: true, undoneBy });
    const told = await test.db.query<{ run: unknown }>(
      `SELECT convert_from(value, 'UTF8')::jsonb #> '{data,run}' AS run FROM messaging.outbox WHERE topic = 'sync.runs.v1' AND convert_from(value, 'UTF8') LIKE $1`,
      [`%rollcall.run.undone%${changing}%`],
    );
    expect(told).toEqual([{ run: expect.objectContaining({ id: changing, undoneBy }) }]);
  });

  it('is kept by pins: the next run does not do the same again, until the tenant changes its mind', async () => {
    const { site, changing } = await siteAfterChange();
    await undo(site, { runId: changing });
    const undone = await accounts(site);
    expect(await lines(site, await site.completedRun())).toEqual([]);
    expect(await accounts(site)).toEqual(undone);
    expect(await whyOut(site, person(11))).toEqual({ account: 'UNDONE', person: 'UNDONE' });
    site.tenant.groups.set(
      GROUP,
      site.tenant.groups.get(GROUP)!.filter(({ id }) => id !== person(11)),
    );
    await site.completedRun();
    expect(await whyOut(site, person(11))).toEqual({ account: 'NOT_IN_SCOPE', person: 'NOT_IN_SCOPE' });
    const { items } = await listPins(test.db, { organisationId: site.organisationId, limit: 100 });
    expect(items.filter(({ entraObjectId, field }) => entraObjectId === person(5) && field === 'displayName')).toMatchObject([
      { keep: 'out', refused: 'Renamed', reason: 'UNDONE' },
    ]);
    const members = site.tenant.groups.get(GROUP)!;
    site.tenant.groups.set(
      GROUP,
      members.map((member) =>
        member.id === person(5) ? { ...member, attributes: { ...member.attributes, displayName: 'Again' } } : member,
      ),
    );
    await site.completedRun();
    expect((await accounts(site))[4]).toContain('Again');
  });

  it('leaves out and reports what was changed since by the tenant', async () => {
    const { site, changing } = await siteAfterChange();
    site.tenant.groups.set(GROUP, [...people(2, 5), ...people(6, 11)]);
    await site.completedRun();
    const id = await planUndo(site, { runId: changing });
    const plan = await lines(site, id);
    expect(plan.filter((line) => line.endsWith(' CHANGED_SINCE')).sort()).toEqual([
      'skip 2 CHANGED_SINCE',
      'skip 5 CHANGED_SINCE',
    ]);
    expect(plan).toContain('reactivate 1');
  });

  it('an undo is undone like any run', async () => {
    const { site, changing } = await siteAfterChange();
    const changed = await accounts(site);
    const first = await undo(site, { runId: changing });
    await undo(site, { runId: first });
    expect(await accounts(site)).toEqual(changed);
    expect(await getRun(test.db, site.organisationId, first)).toMatchObject({ undone: true });
    expect(await getRun(test.db, site.organisationId, changing)).toMatchObject({ undone: false });
    expect(await lines(site, await site.completedRun())).toEqual([]);
  });

  it('a span of time is undone as a whole', async () => {
    const { site, before, changing } = await siteAfterChange();
    const [row] = await test.db.query<{ at: Date }>('SELECT applying_at AS at FROM runs.sync_runs WHERE id = $1', [changing]);
    await undo(site, { from: row!.at.toISOString(), to: site.now.toISOString() });
    expect((await accounts(site)).slice(0, 10)).toEqual(before);
  });

  it('killed anywhere, undoes once', async () => {
    for (let steps = 1, isKilled = true; isKilled; steps += 3) {
      const { site, before, changing } = await siteAfterChange();
      const { id } = await site.requestUndo({ runId: changing }, 'automatic');
      isKilled = await site.work(site.worker({ database: killableDatabase(test.db, { steps }) })).then(
        () => false,
        () => true,
      );
      await site.expireLeases();
      await site.work();
      expect(await site.stateOf(id), `killed after ${steps} steps`).toBe('completed');
      expect((await accounts(site)).slice(0, 10), `killed after ${steps} steps`).toEqual(before);
      const effects = await test.db.query('SELECT 1 FROM people.run_effects WHERE run_id = $1', [id]);
      expect(effects, `killed after ${steps} steps`).toHaveLength(7);
    }
  });

  it('a run that has not ended is refused', async () => {
    const { site } = await siteAfterChange();
    const live = await site.request();
    await expect(planUndo(site, { runId: live.id })).rejects.toThrow(RunStateError);
    await site.work();
  });
});
