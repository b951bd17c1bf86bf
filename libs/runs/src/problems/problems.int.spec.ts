import { beforeAll, describe, expect, it } from 'vitest';
import { ConsentMissingError } from '#graph-client';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { approveRun, getRun, listChanges, runsMigrations } from '#runs';
import { buildMember, killableDatabase, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const noAddress = (n: number) =>
  buildMember(person(n), { attributes: { ...buildMember(person(n)).attributes, mail: null, userPrincipalName: `p${n}#EXT#@x` } });
const unread = (n: number) => buildMember(person(n), { unreadable: true, attributes: {} });

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** Five people: one has no usable address, one may not be read. */
async function siteWithProblems(): Promise<RunHarness> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, [...people(1, 3), noAddress(4), unread(5)]);
  await site.request();
  await site.work();
  site.passTime(3_600_000);
  site.tenant.pagesServed.length = 0;
  site.tenant.peopleServed.length = 0;
  return site;
}

async function runProblems(site: RunHarness): Promise<string> {
  const { id } = await site.request({ kind: 'problems' });
  await site.work();
  return id;
}

const outcomes = async (site: RunHarness, runId: string) =>
  (await listChanges(test.db, site.organisationId, runId, { limit: 1_000 })).items
    .map(({ action, entraObjectId, outcome, reason }) =>
      [action, Number(entraObjectId.slice(-4)), outcome, ...(reason === null ? [] : [reason.code])].join(' '),
    )
    .sort();

describe('a run of kind problems', () => {
  it('reads exactly the people with a problem, by their ids, and says again what is in the way', async () => {
    const site = await siteWithProblems();
    const id = await runProblems(site);
    expect(site.tenant.pagesServed).toEqual([]);
    expect(site.tenant.peopleServed).toEqual([person(4), person(5)]);
    expect(await outcomes(site, id)).toEqual(['skip 4 skipped NO_USABLE_EMAIL']);
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      progress: { membersRead: 2 },
      summary: { fetched: 2, processed: 0, skippedByReason: { NO_USABLE_EMAIL: 1, MEMBERS_UNREADABLE: 1 } },
      error: { code: 'FETCHED_NONE_PROCESSED' },
    });
  });

  it('brings them in through a plan as soon as the problem is gone', async () => {
    const site = await siteWithProblems();
    site.tenant.groups.set(GROUP, people(1, 5));
    const id = await runProblems(site);
    expect(await outcomes(site, id)).toEqual(['create 4 applied', 'create 5 applied', 'grant 4 applied', 'grant 5 applied']);
    site.tenant.peopleServed.length = 0;
    await runProblems(site);
    expect(site.tenant.peopleServed).toEqual([]);
  });

  it('does what came to nothing because its page was dead', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    site.provisioning.isPoison = () => true;
    await site.request();
    await site.work();
    site.provisioning.isPoison = () => false;
    site.passTime(3_600_000);
    const id = await runProblems(site);
    expect(site.tenant.peopleServed).toEqual([person(1), person(2), person(3)]);
    expect((await outcomes(site, id)).filter((line) => line.startsWith('create'))).toEqual([
      'create 1 applied',
      'create 2 applied',
      'create 3 applied',
    ]);
    site.tenant.peopleServed.length = 0;
    await runProblems(site);
    expect(site.tenant.peopleServed).toEqual([]);
  });

  it('does what came to nothing because the person had moved since the plan', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 2));
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    const renamed = { ...buildMember(person(2)).attributes, displayName: 'Renamed' };
    site.tenant.groups.set(GROUP, [...people(1, 1), buildMember(person(2), { attributes: renamed })]);
    const { planHash } = await getRun(test.db, site.organisationId, id);
    await test.db.transaction((tx) => approveRun(tx, site.actor, id, planHash ?? '', site.now));
    await site.work();
    expect(await outcomes(site, id)).toContain('create 2 stale PLAN_STALE');
    site.passTime(3_600_000);
    site.tenant.peopleServed.length = 0;
    const again = await runProblems(site);
    expect(site.tenant.peopleServed).toEqual([person(2)]);
    expect(await outcomes(site, again)).toEqual(['create 2 applied', 'grant 2 applied']);
  });

  it('removes nobody for being absent: whom their own side does not name goes on the recheck list (invariant 4)', async () => {
    const site = await siteWithProblems();
    site.tenant.groups.set(GROUP, people(1, 3));
    site.tenant.elsewhere.push(noAddress(4), ...people(5, 5));
    const id = await runProblems(site);
    expect(await outcomes(site, id)).toEqual(['skip 4 skipped NO_USABLE_EMAIL']);
    expect(site.rechecks.map(({ memberId }) => memberId)).toEqual([person(4), person(5)]);
    expect(await test.db.query('SELECT 1 FROM runs.removal_candidates WHERE run_id = $1', [id])).toEqual([]);
  });

  it('gives nobody a group that only an inner group names', async () => {
    const site = await siteWithProblems();
    site.tenant.groups.set(OTHER, []);
    site.tenant.groups.set(GROUP, people(1, 5));
    site.tenant.ownSide.set(person(4), { named: [GROUP, OTHER] });
    const id = await runProblems(site);
    const { items } = await listChanges(test.db, site.organisationId, id, { limit: 100, action: 'grant' });
    expect(items.map(({ groupId }) => groupId)).toEqual([GROUP, GROUP]);
  });

  it('waits for review like others, and leaves a whole plan that waits alone', async () => {
    const site = await siteWithProblems();
    site.tenant.groups.set(GROUP, people(1, 6));
    const whole = await site.request({ apply: 'review' });
    await site.work();
    const few = await site.request({ kind: 'problems', apply: 'review' });
    await site.work();
    expect(await site.stateOf(whole.id)).toBe('awaitingReview');
    const { planHash } = await getRun(test.db, site.organisationId, few.id);
    await test.db.transaction((tx) => approveRun(tx, site.actor, few.id, planHash ?? '', site.now));
    await site.work();
    expect(await outcomes(site, few.id)).toEqual(['create 4 applied', 'create 5 applied', 'grant 4 applied', 'grant 5 applied']);
    expect(await site.stateOf(whole.id)).toBe('awaitingReview');
  });

  it('fails by name where people may not be read at all', async () => {
    const site = await siteWithProblems();
    const refusal = new ConsentMissingError('refused', { operation: 'users.byIds' }, 'User.Read.All');
    site.tenant.beforePeople = () => Promise.reject(refusal);
    const id = await runProblems(site);
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({ state: 'failed', error: { code: 'CONSENT_MISSING' } });
  });

  it('goes on where it was, wherever it is killed (invariant 1)', async () => {
    for (let steps = 1, isKilled = true; isKilled; steps += 4) {
      const site = await siteWithProblems();
      site.tenant.groups.set(GROUP, people(1, 5));
      const { id } = await site.request({ kind: 'problems' });
      isKilled = await site.work(site.worker({ database: killableDatabase(test.db, { steps }) })).then(
        () => false,
        () => true,
      );
      await site.expireLeases();
      await site.work();
      expect(await outcomes(site, id), `killed after ${steps} steps`).toEqual([
        'create 4 applied',
        'create 5 applied',
        'grant 4 applied',
        'grant 5 applied',
      ]);
    }
  });
});
