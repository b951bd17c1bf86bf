import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { GroupNotFoundError, ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { decideChanges, getRun, listChanges, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const HOUR = 3_600_000;

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** A plan that waits: the fourth and the fifth have left the only group that they were in. */
async function planOfLeavers(): Promise<string> {
  site.tenant.groups.set(GROUP, people(1, 5));
  site.tenant.groups.set(OTHER, people(1, 1));
  await site.request();
  await site.work();
  site.passTime(HOUR);
  site.tenant.groups.set(GROUP, people(1, 3));
  site.tenant.elsewhere.push(...people(4, 5));
  const { id } = await site.request({ apply: 'review' });
  await site.work();
  site.passTime(60_000);
  await site.work();
  expect(await site.stateOf(id)).toBe('awaitingReview');
  site.passTime(3 * 24 * HOUR);
  return id;
}

async function approve(id: string): Promise<void> {
  await site.approve(id);
  await site.work();
}

async function lines(id: string): Promise<string[]> {
  const { items } = await listChanges(test.db, site.organisationId, id, { limit: 1_000 });
  return items.map(({ action, entraObjectId, outcome }) => `${action} ${Number(entraObjectId.slice(-4))} ${outcome}`).toSorted();
}

const APPLIED = ['deactivate 4 applied', 'deactivate 5 applied', 'revoke 4 applied', 'revoke 5 applied'];
const FOURTH_STALE = ['deactivate 4 stale', 'deactivate 5 applied', 'revoke 4 stale', 'revoke 5 applied'];

describe('whose account a waiting plan takes, while live sync heard nothing (invariant 6)', () => {
  beforeEach(() => void (site = new RunHarness(test.db)));

  it('is stale where they have joined another watched group meanwhile', async () => {
    const id = await planOfLeavers();
    site.tenant.groups.set(OTHER, [...people(1, 1), ...people(4, 4)]);
    await approve(id);
    expect(await lines(id)).toEqual(FOURTH_STALE);
    expect((await getRun(test.db, site.organisationId, id)).summary).toMatchObject({ deactivated: 1, stale: 1 });
  });

  it('is stale where they are in a group that came under watch meanwhile', async () => {
    const id = await planOfLeavers();
    site.tenant.groups.set('aaaaaaaa-0000-4000-8000-000000000003', people(4, 4));
    await approve(id);
    expect(await lines(id)).toEqual(FOURTH_STALE);
  });

  it('goes where only a nested path leads to another watched group: that makes nobody a member', async () => {
    const id = await planOfLeavers();
    site.tenant.ownSide.set(person(4), { named: [OTHER] });
    await approve(id);
    expect(await lines(id)).toEqual(APPLIED);
  });

  it('goes where they lose one group and are disabled in another, in which they are known to be', async () => {
    site.tenant.groups.set(GROUP, people(1, 5));
    site.tenant.groups.set(OTHER, people(1, 4));
    await site.completedRun();
    const { attributes } = buildMember(person(4));
    site.tenant.groups.set(GROUP, [...people(1, 3), ...people(5, 5)]);
    site.tenant.groups.set(OTHER, [
      ...people(1, 3),
      buildMember(person(4), { attributes: { ...attributes, accountEnabled: false } }),
    ]);
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    site.passTime(60_000);
    await site.work();
    await approve(id);
    expect(await lines(id)).toContain('deactivate 4 applied');
  });

  it('is stale where their own side names a watched group that cannot be read: nothing is applied on a guess', async () => {
    const id = await planOfLeavers();
    site.tenant.ownSide.set(person(4), { named: [OTHER] });
    const error = new GroupNotFoundError('no such group', { operation: 'groups.members' });
    site.tenant.failures.set(OTHER, { atPage: 0, error });
    await approve(id);
    expect(await lines(id)).toEqual(FOURTH_STALE);
  });

  it('reads a group that their own side names once for all of them, however many they are', async () => {
    site.tenant.pageSize = 999;
    site.tenant.groups.set(GROUP, people(1, 705));
    site.tenant.groups.set(OTHER, people(1, 5));
    await site.completedRun();
    site.tenant.groups.set(GROUP, people(1, 5));
    site.tenant.elsewhere.push(...people(6, 705));
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    site.passTime(60_000);
    await site.work();
    for (let n = 6; n <= 705; n += 1) site.tenant.ownSide.set(person(n), { named: [OTHER] });
    site.tenant.groups.set(OTHER, [...people(1, 5), ...people(7, 7), ...people(700, 700)]);
    site.tenant.pagesServed.length = 0;
    await approve(id);
    expect(site.tenant.pagesServed).toEqual([`${OTHER}#0`]);
    const { summary } = await getRun(test.db, site.organisationId, id);
    expect(summary).toMatchObject({ deactivated: 698, stale: 2 });
  });

  it('waits while that group is throttled in the middle of its list, and goes on with the page that was refused', async () => {
    const id = await planOfLeavers();
    site.tenant.groups.set(OTHER, [...people(6, 12), ...people(4, 4)]);
    let refusals = 0;
    site.tenant.beforePage = (index) => {
      if (index !== 1 || refusals > 0) return Promise.resolve();
      refusals += 1;
      return Promise.reject(new ThrottledError('the budget is spent', { operation: 'groups.members' }, 5));
    };
    site.tenant.pagesServed.length = 0;
    await approve(id);
    expect([refusals, site.tenant.pagesServed]).toEqual([1, [`${OTHER}#0`, `${OTHER}#1`, `${OTHER}#2`]]);
    expect(await lines(id)).toEqual(FOURTH_STALE);
  });

  it('loses only the membership where the review let them keep the account, whatever other group they have joined', async () => {
    const id = await planOfLeavers();
    site.tenant.groups.set(OTHER, [...people(1, 1), ...people(4, 4)]);
    await test.db.transaction((tx) =>
      decideChanges(tx, site.actor, id, { actions: ['deactivate'], entraObjectId: person(4) }, 'skip'),
    );
    site.tenant.pagesServed.length = 0;
    await approve(id);
    expect(site.tenant.pagesServed, 'nobody whose account goes is named elsewhere').toEqual([]);
    expect(await lines(id)).toContain('deactivate 4 skipped');
  });
});
