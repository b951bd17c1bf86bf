import { beforeAll, describe, expect, it } from 'vitest';
import { connectionSettingsSchema, EVERYBODY } from '#contracts';
import { withDatabase } from '#database/testing';
import { ConsentMissingError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { checkPerson, getRun, listChanges, listGroupProofs, previewPeople, runsMigrations, showComparison } from '#runs';
import { buildMember, killableDatabase, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const guest = (n: number) => {
  const member = buildMember(person(n));
  return { ...member, attributes: { ...member.attributes, userType: 'Guest' } };
};

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

/** A tenant of so many people, all of them in scope. */
function tenantOf(count: number): RunHarness {
  const site = new RunHarness(test.db);
  site.settings = connectionSettingsSchema.parse({ scope: { mode: 'allUsers' } });
  site.tenant.groups.set(EVERYBODY, people(1, count));
  return site;
}

async function run(site: RunHarness, kind: 'full' | 'problems' = 'full'): Promise<string> {
  const { id } = await site.request({ kind });
  await site.work();
  site.passTime(60_000);
  await site.work();
  site.passTime(3_600_000);
  return id;
}

const runOf = (site: RunHarness, id: string) => getRun(test.db, site.organisationId, id);
const lines = async (site: RunHarness, runId: string) =>
  (await listChanges(test.db, site.organisationId, runId, { limit: 1_000 })).items
    .map(({ action, entraObjectId, groupId, outcome, reason }) =>
      [action, Number(entraObjectId.slice(-4)), ...(groupId === null ? [] : ['in a group']), outcome, reason?.code ?? '']
        .join(' ')
        .trim(),
    )
    .sort();
const live = async ({ connectionId }: RunHarness) =>
  (
    await test.db.query<{ id: string }>(
      `SELECT entra_object_id AS id FROM people.known_people WHERE connection_id = $1 AND status <> 'deactivated' ORDER BY 1`,
      [connectionId],
    )
  ).map(({ id }) => Number(id.slice(-4)));

describe('a run where everybody of the tenant is in scope', () => {
  it('gives everybody an account and nobody a grant, proves it, and publishes nothing where nothing moved', async () => {
    const site = tenantOf(7);
    site.tenant.groups.get(EVERYBODY)?.push(guest(8));
    const first = await run(site);
    expect(await lines(site, first)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `create ${n} applied`),
      'skip 8 skipped GUEST_EXCLUDED',
    ]);
    expect((await runOf(site, first)).summary).toMatchObject({ fetched: 8, processed: 7, created: 7, granted: 0, skipped: 1 });
    expect(await listGroupProofs(test.db, site.organisationId, first)).toMatchObject([
      { groupId: EVERYBODY, verdict: 'different', read: { people: 8 }, accounts: { people: 7 }, reasons: { skipped: 1 } },
    ]);
    site.provisioning.pages = 0;
    const second = await run(site);
    expect([site.provisioning.pages, (await runOf(site, second)).summary]).toMatchObject([0, { unchanged: 7, created: 0 }]);
    const { counts } = await showComparison(test.db, site.organisationId, site.connectionId, { limit: 10 });
    expect(counts).toEqual({ onlyInEntra: 1, different: 0, onlyHere: 0 });
  });

  it('gives grants to the members of the groups that are watched beside it', async () => {
    const site = tenantOf(4);
    site.tenant.groups.set(GROUP, people(2, 3));
    const id = await run(site);
    expect((await lines(site, id)).filter((line) => line.startsWith('grant'))).toEqual([
      'grant 2 in a group applied',
      'grant 3 in a group applied',
    ]);
    expect(await live(site)).toEqual([1, 2, 3, 4]);
  });

  it('takes out whoever is deleted, once the deleted items name them, and nobody for being absent (invariant 4)', async () => {
    const site = tenantOf(8);
    await run(site);
    site.tenant.groups.set(EVERYBODY, people(4, 8));
    site.tenant.deletedUsers.add(person(1));
    for (const n of [1, 2]) site.tenant.ownSide.set(person(n), { notFound: true });
    site.tenant.ownSide.set(person(3), { named: [EVERYBODY] });
    const id = await run(site);
    expect(await lines(site, id)).toEqual(['deactivate 1 applied USER_DELETED']);
    expect(await live(site)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(site.rechecks.map(({ memberId, groupId }) => [memberId, groupId])).toEqual([
      [person(2), EVERYBODY],
      [person(3), EVERYBODY],
    ]);
    expect((await runOf(site, id)).summary).toMatchObject({ deactivated: 1, missedNotices: 1 });
  });

  it('removes nobody after an empty answer, a refusal in the middle, or a member who cannot be read', async () => {
    const site = tenantOf(8);
    await run(site);
    site.tenant.lyingEmpty.add(EVERYBODY);
    const empty = await run(site);
    expect((await runOf(site, empty)).summary?.unreadable).toEqual([{ groupId: EVERYBODY, code: 'GROUP_EMPTY' }]);
    site.tenant.lyingEmpty.clear();

    site.tenant.groups.set(EVERYBODY, people(5, 8));
    for (const { id } of people(1, 4)) site.tenant.deletedUsers.add(id);
    const refusal = new ConsentMissingError('refused', { operation: 'users' }, 'User.Read.All');
    site.tenant.failures.set(EVERYBODY, { atPage: 1, error: refusal });
    const refused = await run(site);
    expect((await runOf(site, refused)).summary?.unreadable).toEqual([{ groupId: EVERYBODY, code: 'CONSENT_MISSING' }]);
    site.tenant.failures.clear();

    site.tenant.groups.get(EVERYBODY)?.push(buildMember(person(9), { unreadable: true, attributes: {} }));
    await run(site);
    expect(await live(site)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('holds what would take too many at once (invariant 5)', async () => {
    const site = tenantOf(40);
    await run(site);
    site.tenant.groups.set(EVERYBODY, people(16, 40));
    for (const { id } of people(1, 15)) {
      site.tenant.deletedUsers.add(id);
      site.tenant.ownSide.set(id, { notFound: true });
    }
    const id = await run(site);
    expect((await runOf(site, id)).summary).toMatchObject({ deactivated: 0, held: 15 });
    expect(await live(site)).toHaveLength(40);
  });

  it('goes on at the page where it was, wherever it is killed (invariant 1)', async () => {
    for (let steps = 2, isKilled = true; isKilled; steps += 7) {
      const site = tenantOf(8);
      const { id } = await site.request();
      isKilled = await site.work(site.worker({ database: killableDatabase(test.db, { steps }) })).then(
        () => false,
        () => true,
      );
      await site.expireLeases();
      await site.work();
      expect((await runOf(site, id)).summary, `killed after ${steps} steps`).toMatchObject({ created: 8 });
      expect(await live(site)).toHaveLength(8);
    }
  });

  it('reads those with a problem by their ids when only they are asked for', async () => {
    const site = tenantOf(3);
    site.tenant.groups.get(EVERYBODY)?.push(guest(4));
    await run(site);
    site.tenant.peopleServed.length = 0;
    site.tenant.groups.set(EVERYBODY, people(1, 4));
    const id = await run(site, 'problems');
    expect(site.tenant.peopleServed).toEqual([person(4)]);
    expect(await lines(site, id)).toEqual(['create 4 applied']);
  });

  it('reads everybody alone where a baseline asks for it', async () => {
    const site = tenantOf(2);
    site.tenant.groups.set(GROUP, people(1, 2));
    const { id } = await site.request({ kind: 'group', groupIds: [EVERYBODY], reason: 'BASELINE' });
    await site.work();
    expect(site.tenant.pagesServed).toEqual([`${EVERYBODY}#0`]);
    expect((await runOf(site, id)).summary).toMatchObject({ created: 2, granted: 0 });
    expect(site.endings).toMatchObject([{ groups: { read: [EVERYBODY], unread: [] } }]);
  });
});

describe('before a run', () => {
  const tools = (site: RunHarness) => ({ db: test.db, rules: site.provisioning.rules, settleMs: 900_000, now: site.now });
  const owner = ({ organisationId, connectionId }: RunHarness) => ({ organisationId, connectionId });

  it('a preview tells who of the tenant would come, and in which watched groups they are', async () => {
    const site = tenantOf(3);
    site.tenant.groups.get(EVERYBODY)?.push(guest(4));
    site.tenant.groups.set(GROUP, people(2, 2));
    const client = site.tenant.client();
    const group = async (id: string) =>
      ({ id, displayName: 'Staff', kind: 'security', dynamic: false, hiddenMembership: false, mail: null }) as const;
    const graph = { group, members: client.members.bind(client), memberCount: client.memberCount.bind(client) };
    const shown = await previewPeople({ ...tools(site), graph }, { ...owner(site), groupIds: [GROUP, EVERYBODY], rows: 10 });
    expect(shown).toMatchObject({ counts: { people: 4, create: 3, skip: 1 }, complete: true });
    expect(shown.groups).toMatchObject([
      { id: GROUP, inEntra: 1 },
      { id: EVERYBODY, displayName: 'Everybody in the tenant', inEntra: 4 },
    ]);
    expect(shown.people.map(({ entraObjectId, groupIds }) => [entraObjectId, groupIds])).toEqual([
      [person(2), [GROUP]],
      [person(1), []],
      [person(3), []],
    ]);
  });

  it('checking a person finds them in scope for being in the tenant', async () => {
    const site = tenantOf(1);
    const user = async () => people(1, 1)[0] ?? null;
    const graph = {
      user,
      deletedUser: async () => null,
      checkMemberGroups: async () => new Map(),
      members: () => {
        throw new Error('no group is read');
      },
    };
    const asked = { ...owner(site), watchedGroupIds: [], everybody: true, person: person(1) };
    const { steps, prediction } = await checkPerson({ ...tools(site), graph }, asked);
    expect(steps.map(({ step, code }) => [step, code])).toEqual([
      ['read', null],
      ['scope', null],
      ['match', null],
      ['decide', null],
    ]);
    expect(prediction?.effects.map(({ type }) => type)).toEqual(['rollcall.account.created']);
  });
});
