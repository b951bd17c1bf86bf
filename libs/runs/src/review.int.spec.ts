import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { GraphUnavailableError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import {
  approveRun,
  cancelRun,
  decideChange,
  decideChanges,
  expirePlan,
  findExpiredPlans,
  getRun,
  listChanges,
  PlanStaleError,
  runsMigrations,
  type PresentedChange,
  type RunActor,
} from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
// Each site has addresses of its own: two connections of one organisation would compete for them otherwise.
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

async function planOf(site: RunHarness, runId: string): Promise<PresentedChange[]> {
  return (await listChanges(test.db, site.organisationId, runId, { limit: 1_000 })).items;
}
const lines = (changes: readonly PresentedChange[]) =>
  changes.map(
    ({ action, entraObjectId, outcome }) =>
      `${action} ${Number(entraObjectId.slice(-4))}${outcome === null ? '' : ` ${outcome}`}`,
  );
const accounts = (site: RunHarness) =>
  test.db
    .query<{ id: string; status: string }>(
      'SELECT entra_object_id AS id, status FROM people.accounts WHERE connection_id = $1 ORDER BY 1',
      [site.connectionId],
    )
    .then((rows) => rows.map(({ id, status }) => `${Number(id.slice(-4))} ${status}`));
const approve = (site: RunHarness, runId: string, planHash: string | null) =>
  test.db.transaction((tx) => approveRun(tx, site.actor, runId, planHash ?? '', site.now));

/** What the events of one type say of the run itself. */
async function toldOf(runId: string, type: string): Promise<unknown[]> {
  const rows = await test.db.query<{ run: unknown }>(
    `SELECT event #> '{data,run}' AS run FROM (
       SELECT id, convert_from(value, 'UTF8')::jsonb AS event FROM messaging.outbox WHERE topic = 'sync.runs.v1') AS told
     WHERE event ->> 'type' = $2 AND event #>> '{data,run,id}' = $1 ORDER BY id`,
    [runId, type],
  );
  return rows.map(({ run }) => run);
}

async function planned(site: RunHarness, confirm = false): Promise<string> {
  const { id } = await site.request({ apply: 'review' });
  await site.work();
  if (confirm) {
    site.passTime(60_000);
    await site.work();
  }
  expect(await site.stateOf(id)).toBe('awaitingReview');
  return id;
}

describe('a plan under review', () => {
  it('shows what would be done, does nothing, and on approval does exactly that (invariant 6)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, [
      ...people(1, 2),
      buildMember(person(3), { attributes: { displayName: 'No mail', userPrincipalName: 'x#EXT#@y' } }),
    ]);
    const id = await planned(site);
    expect(lines(await planOf(site, id))).toEqual(['create 1', 'grant 1', 'create 2', 'grant 2', 'skip 3']);
    expect(await accounts(site)).toEqual([]);
    const { planHash } = await getRun(test.db, site.organisationId, id);
    await approve(site, id, planHash);
    await site.work();
    expect(await accounts(site)).toEqual(['1 inactive', '2 inactive']);
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { created: 2, granted: 2, skippedByReason: { NO_USABLE_EMAIL: 1 } },
    });
    expect(lines(await planOf(site, id))).toEqual([
      'create 1 applied',
      'grant 1 applied',
      'create 2 applied',
      'grant 2 applied',
      'skip 3 skipped',
    ]);
  });

  it('is approved by its hash only, which covers the decisions', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const id = await planned(site);
    const shown = await getRun(test.db, site.organisationId, id);
    const [first] = await planOf(site, id);
    const { planHash } = await test.db.transaction((tx) => decideChange(tx, site.actor, id, first!.id, { decision: 'skip' }));
    expect(planHash).not.toBe(shown.planHash);
    await expect(approve(site, id, shown.planHash)).rejects.toThrow(PlanStaleError);
    await approve(site, id, planHash);
    expect((await approve(site, id, planHash)).id).toBe(id);
    await site.work();
    expect(await accounts(site)).toEqual(['2 inactive']);
  });

  it('takes out with a newcomer what they would join, so that nothing ends as stale, and puts the account back with a group', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const id = await planned(site);
    const skipped = async () =>
      (await planOf(site, id))
        .filter(({ decision }) => decision === 'skip')
        .map(({ action, entraObjectId }) => [action, entraObjectId]);
    const decide = async (action: string, decision: 'apply' | 'skip') => {
      const line = (await planOf(site, id)).find((each) => each.action === action && each.entraObjectId === person(1));
      return test.db.transaction((tx) => decideChange(tx, site.actor, id, line!.id, { decision }));
    };
    await decide('create', 'skip');
    expect(await skipped()).toEqual([
      ['create', person(1)],
      ['grant', person(1)],
    ]);
    await decide('grant', 'apply');
    expect(await skipped()).toEqual([]);
    const { planHash } = await decide('create', 'skip');
    await approve(site, id, planHash);
    await site.work();
    expect((await getRun(test.db, site.organisationId, id)).summary).toMatchObject({ created: 1, stale: 0 });
    expect(await accounts(site)).toEqual(['2 inactive']);
  });

  it('takes out all changes of a kind or group, and puts them back', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    site.tenant.groups.set(OTHER, people(2, 3));
    const id = await planned(site);
    const before = (await getRun(test.db, site.organisationId, id)).planHash;
    const decide = (filter: Parameters<typeof decideChanges>[3], decision: 'apply' | 'skip') =>
      test.db.transaction((tx) => decideChanges(tx, site.actor, id, filter, decision));
    expect(await decide({ groupId: OTHER }, 'skip')).toMatchObject({ count: 2 });
    expect(await decide({ actions: ['create'] }, 'skip')).toMatchObject({ count: 3 });
    expect(await decide({}, 'apply')).toMatchObject({ count: 7, planHash: before });
    await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
    expect(await site.stateOf(id)).toBe('cancelled');
  });

  it('says who cancelled it, however often and by whom that is asked again', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const id = await planned(site);
    const cancel = (actor: RunActor) => test.db.transaction((tx) => cancelRun(tx, actor, id, site.now));
    await cancel({ ...site.actor, id: 'ada' });
    await cancel({ ...site.actor, id: 'bob' });
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({ cancelledBy: 'person:ada', error: null });
    expect(await toldOf(id, 'rollcall.run.cancelled')).toEqual([expect.objectContaining({ cancelledBy: 'person:ada' })]);
  });

  it('that expired says that instead of whose hand it was', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const id = await planned(site);
    site.passTime(15 * 24 * 3_600_000);
    const [plan] = (await findExpiredPlans(test.db, site.now)).filter(({ runId }) => runId === id);
    await test.db.transaction((tx) => expirePlan(tx, plan!, site.now));
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({ cancelledBy: null, error: { code: 'EXPIRED' } });
    const [told] = await toldOf(id, 'rollcall.run.cancelled');
    expect(told).not.toHaveProperty('cancelledBy');
  });

  it('removes whom the complete read and their own side say have left, and nobody who was taken out of the plan', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 5));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.tenant.groups.set(GROUP, people(1, 3));
    site.tenant.elsewhere.push(...people(4, 5));
    const id = await planned(site, true);
    const plan = await planOf(site, id);
    expect(lines(plan)).toEqual(['revoke 4', 'deactivate 4', 'revoke 5', 'deactivate 5']);
    const spared = plan.find(({ action, entraObjectId }) => action === 'deactivate' && entraObjectId === person(5));
    const { planHash } = await test.db.transaction((tx) => decideChange(tx, site.actor, id, spared!.id, { decision: 'skip' }));
    await approve(site, id, planHash);
    await site.work();
    expect(await accounts(site)).toEqual(['1 inactive', '2 inactive', '3 inactive', '4 deactivated', '5 inactive']);
  });

  it('leaves out as stale, three days later, who moved meanwhile (invariant 6)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    const id = await planned(site);
    site.passTime(3 * 24 * 3_600_000);
    site.tenant.groups.set(GROUP, [
      ...people(1, 1),
      buildMember(person(2), { attributes: { ...buildMember(person(2)).attributes, displayName: 'Renamed' } }),
    ]);
    await approve(site, id, (await getRun(test.db, site.organisationId, id)).planHash);
    await site.work();
    expect(await accounts(site)).toEqual(['1 inactive']);
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { created: 1, stale: 2 },
    });
  });

  it('leaves out everything of a person of whom anything moved, and nothing of the others (invariant 6)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    const renamed = people(1, 3).map((member) => ({
      ...member,
      attributes: { ...member.attributes, displayName: `New name of ${member.id.slice(-1)}` },
    }));
    site.tenant.groups.set(GROUP, renamed);
    site.tenant.groups.set(OTHER, renamed.slice(0, 2));
    const id = await planned(site);
    expect(lines(await planOf(site, id))).toEqual(['update 1', 'grant 1', 'update 2', 'grant 2', 'update 3']);
    site.passTime(3 * 24 * 3_600_000);
    // One of the two changes of the second person is taken back by the tenant; live sync hears nothing of it.
    site.tenant.groups.set(OTHER, renamed.slice(0, 1));
    await approve(site, id, (await getRun(test.db, site.organisationId, id)).planHash);
    await site.work();
    expect(lines(await planOf(site, id))).toEqual([
      'update 1 applied',
      'grant 1 applied',
      'update 2 stale',
      'grant 2 stale',
      'update 3 applied',
    ]);
    expect((await getRun(test.db, site.organisationId, id)).summary).toMatchObject({ updated: 2, granted: 1, stale: 1 });
  });

  it('leaves out who was disabled while the plan waited, also where it only grants', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    await site.request();
    await site.work();
    site.passTime(3_600_000);
    site.tenant.groups.set(OTHER, people(1, 2));
    const id = await planned(site);
    expect(lines(await planOf(site, id))).toEqual(['grant 1', 'grant 2']);
    const disabled = buildMember(person(2));
    const now = [...people(1, 1), { ...disabled, attributes: { ...disabled.attributes, accountEnabled: false } }];
    site.tenant.groups.set(GROUP, now);
    site.tenant.groups.set(OTHER, now);
    await approve(site, id, (await getRun(test.db, site.organisationId, id)).planHash);
    await site.work();
    expect(lines(await planOf(site, id))).toEqual(['grant 1 applied', 'grant 2 stale']);
  });

  it('waits while Graph does not answer how people are now: without an answer nothing is applied', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const id = await planned(site);
    await approve(site, id, (await getRun(test.db, site.organisationId, id)).planHash);
    const client = site.tenant.client.bind(site.tenant);
    site.tenant.client = () =>
      Object.assign(client(), {
        usersByIds: () => Promise.reject(new GraphUnavailableError('503', { operation: 'usersByIds' })),
      });
    await site.work();
    expect([await site.stateOf(id), await accounts(site)]).toEqual(['approved', []]);
    site.tenant.client = client;
    site.passTime(60_000);
    await site.work();
    expect([await site.stateOf(id), await accounts(site)]).toEqual(['completed', ['1 inactive', '2 inactive']]);
  });

  it('is superseded by the next comparison, which keeps what was taken out where the line is the same', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const older = await planned(site);
    await test.db.transaction((tx) => decideChanges(tx, site.actor, older, { entraObjectId: person(1) }, 'skip'));
    site.tenant.groups.set(GROUP, people(1, 3));
    const newer = await planned(site);
    expect(await getRun(test.db, site.organisationId, older)).toMatchObject({ state: 'superseded', supersededBy: newer });
    expect(await toldOf(older, 'rollcall.run.superseded')).toEqual([expect.objectContaining({ supersededBy: newer })]);
    const kept = (await planOf(site, newer)).filter(({ decision }) => decision === 'skip');
    expect(kept.map(({ action, carriedOver }) => ({ action, carriedOver }))).toEqual([
      { action: 'create', carriedOver: true },
      { action: 'grant', carriedOver: true },
    ]);
  });

  it('waits for nobody where nothing would be done', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    await site.request();
    await site.work();
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
  });
});
