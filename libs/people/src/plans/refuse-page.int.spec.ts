import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { closeRunRounds, effectMarks, peopleMigrations, refusePage } from '#people';
import { buildMembershipsPage, removed, TestTenant } from '#people/testing';

const database = withDatabase([messagingMigrations, peopleMigrations]);

const bind = (changeId: string, expectedRevision = 2) => ({ changeId, expectedRevision });
const outcomesOf = async (runId: string) =>
  new Map(
    (
      await database.db.query<{ id: string; outcome: string; code: string | null }>(
        'SELECT change_id AS id, outcome, code FROM people.answered_plan_changes WHERE run_id = $1',
        [runId],
      )
    ).map(({ id, outcome, code }) => [id, `${outcome} ${code}`]),
  );
const answersOf = async (runId: string) =>
  (
    await database.db.query<{ id: string }>('SELECT event_id AS id FROM people.answered_run_pages WHERE run_id = $1', [runId])
  ).map(({ id }) => id);
const stagedPages = (tenant: TestTenant) =>
  database.db.query('SELECT 1 FROM people.round_pages WHERE connection_id = $1', [tenant.connectionId]);

/** The pages of one round of removals, one person a page. */
function roundOf(tenant: TestTenant, runId: string, people: readonly string[]) {
  const changeIds = people.map(() => randomUUID());
  const pages = people.map((person, index) =>
    buildMembershipsPage(
      {
        ...tenant.page({ origin: 'run', runId }),
        groupId: tenant.groupId,
        round: { id: `${runId}:${tenant.groupId}`, index, pages: people.length },
      },
      [{ ...removed(person), plan: bind(changeIds[index]!) }],
    ),
  );
  return { changeIds, pages };
}
const reason = { code: 'INTERNAL_ERROR', message: 'no handler could take it' };

describe('a page of a run that was buried', () => {
  it('is answered once, and its changes have failed with the reason', async () => {
    const runId = randomUUID();
    const tenant = new TestTenant(database.db);
    const person = await tenant.join();
    const changeId = randomUUID();
    const page = buildMembershipsPage({ ...tenant.page({ origin: 'run', runId }), groupId: tenant.groupId }, [
      { ...removed(person), plan: bind(changeId) },
    ]);
    for (let burial = 0; burial < 2; burial += 1)
      await database.db.transaction((tx) => refusePage(tx, { eventId: page.id, payload: page, reason }, tenant.now));
    expect(await answersOf(runId)).toEqual([page.id]);
    expect(await outcomesOf(runId)).toEqual(new Map([[changeId, 'failed DEAD_LETTER']]));
    expect(await tenant.status(person)).toBe('inactive');
  });

  it('names the changes that can still be read, and does nothing for pages of no run', async () => {
    const runId = randomUUID();
    const tenant = new TestTenant(database.db);
    const [person, changeId] = [randomUUID(), randomUUID()];
    const data = { organisationId: tenant.organisationId, connectionId: tenant.connectionId };
    const items = [{ memberId: person, plan: bind(changeId) }, { memberId: 7 }, null];
    const bury = (payload: unknown) =>
      database.db.transaction((tx) => refusePage(tx, { eventId: randomUUID(), payload, reason }, tenant.now));
    await bury({ data: { ...data, runId, items } });
    await bury({ data: { ...data, items } });
    await bury('no event at all');
    expect(await outcomesOf(runId)).toEqual(new Map([[changeId, 'failed DEAD_LETTER']]));
  });

  it('takes the rest of its round along, in whatever order the pages come', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ] as const) {
      const runId = randomUUID();
      const tenant = new TestTenant(database.db);
      const people = await tenant.joinAll(8);
      tenant.passes(3600);
      const { pages, changeIds } = roundOf(tenant, runId, people.slice(0, 3));
      for (const index of order) {
        const page = pages[index]!;
        if (index === 1)
          await database.db.transaction((tx) => refusePage(tx, { eventId: page.id, payload: page, reason }, tenant.now));
        else await tenant.applier.applyMemberships(page, tenant.now);
      }
      expect((await answersOf(runId)).sort()).toEqual(pages.map(({ id }) => id).sort());
      expect(await outcomesOf(runId)).toEqual(new Map(changeIds.map((id) => [id, 'failed DEAD_LETTER'])));
      expect(await stagedPages(tenant)).toEqual([]);
      expect(await tenant.status(people[0]!)).toBe('inactive');
    }
  });
});

describe('a round whose run ended early', () => {
  it('keeps no page waiting: staged ones are dropped, late and repeated ones are answered and do nothing', async () => {
    const runId = randomUUID();
    const tenant = new TestTenant(database.db);
    const people = await tenant.joinAll(8);
    tenant.passes(3600);
    const { pages } = roundOf(tenant, runId, people.slice(0, 3));
    await tenant.applier.applyMemberships(pages[0]!, tenant.now);
    const { organisationId, connectionId, groupId } = tenant;
    const closing = { organisationId, connectionId, runId, code: 'CANCELLED', message: 'the run was cancelled' };
    await database.db.transaction((tx) => closeRunRounds(tx, closing, [`${runId}:${groupId}`], tenant.now));
    expect(await stagedPages(tenant)).toEqual([]);
    for (const page of [pages[1]!, pages[2]!, pages[0]!]) await tenant.applier.applyMemberships(page, tenant.now);
    expect(await stagedPages(tenant)).toEqual([]);
    expect(await answersOf(runId)).toHaveLength(3);
    expect(await tenant.openHolds()).toEqual([]);
    expect(await tenant.status(people[0]!)).toBe('inactive');
  });
});

describe('the predicted effect', () => {
  it('must hold beside the revision: with other rules the change is stale, is read anew, and nothing of it is stored (invariant 6)', async () => {
    const tenant = new TestTenant(database.db);
    const [bound, beside] = [await tenant.join(), await tenant.join()];
    await tenant.joinAll(6);
    tenant.passes(3600);
    const runId = randomUUID();
    const rename = async (person: string, name: string) => {
      const [row] = await database.db.query<{ revision: number }>(
        'SELECT revision FROM people.persons WHERE connection_id = $1 AND entra_object_id = $2',
        [tenant.connectionId, person],
      );
      const effects = effectMarks({ type: 'rollcall.account.updated', groupId: null, after: { displayName: name } });
      const plan = { changeId: randomUUID(), expectedRevision: row!.revision, effects };
      return { id: person, state: 'present' as const, attributes: { displayName: 'Renamed' }, plan };
    };
    const items = [await rename(bound, 'Something else'), await rename(beside, 'Renamed')];
    const answer = await tenant.users(items, { origin: 'run', runId });
    expect(answer).toMatchObject({ outcome: 'applied', stale: 1, changedFacts: 1, counts: { updated: 1 } });
    expect([await outcomesOf(runId)]).toEqual([
      new Map([
        [items[0]!.plan.changeId, 'stale PLAN_STALE'],
        [items[1]!.plan.changeId, 'applied null'],
      ]),
    ]);
    expect((await tenant.account(bound))?.name).not.toBe('Renamed');
    expect((await tenant.account(beside))?.name).toBe('Renamed');
    expect(tenant.rechecks.filter(({ reason: why }) => why === 'PLAN_STALE')).toMatchObject([{ memberId: bound }]);
  });

  it('a person whose facts came while effects were not wanted is decided about when a plan names them', async () => {
    const tenant = new TestTenant(database.db);
    tenant.connection = { ...tenant.connection, effects: { live: false, run: true } };
    const person = await tenant.join();
    expect(await tenant.account(person)).toBeUndefined();
    const [row] = await database.db.query<{ revision: number; deferred: boolean }>(
      'SELECT revision, deferred FROM people.known_people WHERE connection_id = $1 AND entra_object_id = $2',
      [tenant.connectionId, person],
    );
    expect(row?.deferred).toBe(true);
    const plan = bind(randomUUID(), row!.revision);
    const again = { memberId: person, memberType: 'user', change: 'added', plan } as const;
    await tenant.memberships([again], { origin: 'run', runId: randomUUID() });
    expect(await tenant.status(person)).toBe('inactive');
  });
});
