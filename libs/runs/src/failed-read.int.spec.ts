import { beforeAll, describe, expect, it } from 'vitest';
import { ConsentMissingError, GroupNotFoundError, PageLinkExpiredError, ThrottledError } from '#graph-client';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const failing = { operation: 'members.read' };

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

function harness(): RunHarness {
  return new RunHarness(test.db);
}

const membersOf = (run: RunHarness, groupId: string) =>
  test.db
    .query<{ id: string }>(
      'SELECT member_id AS id FROM people.known_memberships WHERE connection_id = $1 AND group_id = $2 AND present ORDER BY 1',
      [run.connectionId, groupId],
    )
    .then((rows) => rows.map(({ id }) => id));

describe('a read that fails', () => {
  it('a 403 in the middle of a read leaves that group out, removes nobody from it, and goes on with the others (invariant 4)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 7));
    site.tenant.groups.set(OTHER, people(6, 9));
    await site.request();
    await site.work();
    site.tenant.groups.set(GROUP, people(1, 3));
    site.tenant.groups.set(OTHER, people(6, 10));
    site.tenant.failures.set(GROUP, { atPage: 0, error: new ConsentMissingError('refused', failing, 'Group.Read.All') });
    const { id } = await site.request();
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { unreadable: [{ groupId: GROUP, code: 'CONSENT_MISSING' }] },
    });
    expect(await membersOf(site, GROUP)).toHaveLength(7);
    expect(await membersOf(site, OTHER)).toHaveLength(5);
    expect(site.endings.at(-1)?.groups).toEqual({ read: [OTHER], unread: [GROUP] });
  });

  it('a group that is gone is reported and loses nobody (invariant 4)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 3));
    await site.request();
    await site.work();
    site.tenant.failures.set(GROUP, { atPage: 0, error: new GroupNotFoundError('gone', failing) });
    const { id } = await site.request();
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      summary: { unreadable: [{ code: 'GROUP_NOT_FOUND' }] },
    });
    expect(await membersOf(site, GROUP)).toHaveLength(3);
  });

  it('an empty answer of a group with known members is GROUP_EMPTY and removes nobody (invariant 4)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 4));
    await site.request();
    await site.work();
    site.tenant.lyingEmpty.add(GROUP);
    const { id } = await site.request();
    await site.work();
    site.passTime(61_000);
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { unreadable: [{ groupId: GROUP, code: 'GROUP_EMPTY' }] },
    });
    expect(await membersOf(site, GROUP)).toHaveLength(4);
    expect(site.rechecks.map(({ memberId }) => memberId)).toEqual(people(1, 4).map(({ id: memberId }) => memberId));
  });

  it('a page link that has expired begins the group anew and forgets what was staged', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 9));
    site.tenant.failures.set(GROUP, { atPage: 2, error: new Error('killed') });
    const { id } = await site.request();
    await site.work();
    let refusals = 1;
    site.tenant.failures.set(GROUP, {
      get atPage() {
        return refusals-- > 0 ? 2 : -1;
      },
      error: new PageLinkExpiredError('expired', failing),
    });
    site.passTime(10_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
    expect(site.provisioning.published.filter(({ fact }) => fact.startsWith(GROUP))).toHaveLength(9);
  });

  it('waits as long as Graph asks', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 3));
    site.tenant.failures.set(GROUP, { atPage: 0, error: new ThrottledError('wait', failing, 300_000) });
    const { id } = await site.request();
    await site.work();
    site.tenant.failures.clear();
    site.passTime(299_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('reading');
    site.passTime(2_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
  });

  it('unreadable members are MEMBERS_UNREADABLE: nobody comes, changes or goes, and the run names the cause (invariant 4)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 4));
    await site.request();
    await site.work();
    const before = site.provisioning.pages;
    site.tenant.groups.set(
      GROUP,
      people(2, 5).map((member) => ({ ...member, unreadable: true, attributes: {} })),
    );
    const { id } = await site.request();
    await site.work();
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      error: {
        code: 'FETCHED_NONE_PROCESSED',
        message: expect.stringContaining('Members cannot be read (MEMBERS_UNREADABLE)') as string,
      },
      summary: { fetched: 4, processed: 0, unreadable: [{ groupId: GROUP, code: 'MEMBERS_UNREADABLE' }] },
    });
    expect(site.provisioning.pages).toBe(before);
  });
});

describe('a member whom a complete read did not list', () => {
  it('is asked for by their own side, CONFIRM_SECONDS after the read; where it names the group, the recheck list decides (invariant 4)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 4));
    await site.request();
    await site.work();
    site.tenant.groups.set(GROUP, people(1, 2));
    site.tenant.ownSide.set(person(3), { named: [GROUP] });
    const { id } = await site.request();
    await site.work();
    expect(await site.stateOf(id)).toBe('comparing');
    site.passTime(60_000);
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
    const verdicts = await test.db.query(
      'SELECT member_id AS "memberId", outcome FROM runs.removal_candidates WHERE run_id = $1 ORDER BY member_id',
      [id],
    );
    expect(verdicts).toEqual([
      { memberId: person(3), outcome: 'unconfirmed' },
      { memberId: person(4), outcome: 'confirmed' },
    ]);
    expect(site.rechecks).toMatchObject([{ memberId: person(3), groupId: GROUP, dueAt: new Date(site.now.getTime() + 900_000) }]);
  });
});
