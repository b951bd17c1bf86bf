import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { cancelRun, getRun, RunInProgressError, runsMigrations } from '#runs';
import { buildMember, killableDatabase, RunHarness, TENANT_ID } from '#runs/testing';
import { runSummarySchema } from '#contracts';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

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

describe('a run', () => {
  it('reads the watched groups, publishes what differs, and says so in the three log lines', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 7));
    site.tenant.groups.set(OTHER, people(6, 9));
    const lines: string[] = [];
    const log = { debug() {}, warn() {}, error() {}, info: (_fields: object, message: string) => void lines.push(message) };
    const { id } = await site.request();
    await site.work(site.worker({ log }));
    expect(await membersOf(site, GROUP)).toEqual(people(1, 7).map((one) => one.id));
    expect(await membersOf(site, OTHER)).toEqual(people(6, 9).map((one) => one.id));
    const run = await getRun(test.db, site.organisationId, id);
    expect(run).toMatchObject({
      state: 'completed',
      summary: { fetched: 9, processed: 9, graphRequests: 7 },
      progress: { membersRead: 11 },
    });
    runSummarySchema.parse(run.summary);
    expect(lines).toContain(`Fetched 9 users from tenant ${TENANT_ID}`);
    expect(lines).toContain(`Processed 9 users for tenant ${TENANT_ID}`);
    expect(lines).toContain(`Updated tenant ${site.organisationId} with 9 users`);
    expect(site.endings).toMatchObject([{ run: { id }, groups: { read: [GROUP, OTHER], unread: [] } }]);
  });

  it("learns from Entra's own count how far a long first read has to go", async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 30));
    site.tenant.groups.set(OTHER, people(1, 2));
    const { id } = await site.request();
    await site.work();
    const expected = await test.db.query(
      'SELECT group_id, expected_members FROM runs.group_reads WHERE run_id = $1 ORDER BY group_id',
      [id],
    );
    expect(expected).toEqual([
      { group_id: GROUP, expected_members: 30 },
      { group_id: OTHER, expected_members: 0 },
    ]);
  });

  it('publishes nothing when nothing differs', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 7));
    await site.request();
    await site.work();
    const before = site.provisioning.pages;
    const { id } = await site.request();
    await site.work();
    expect(site.provisioning.pages).toBe(before);
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'completed',
      summary: { fetched: 7, unchanged: 7 },
    });
  });

  it('is one per connection: the same ask gives the same run, another one is refused with its id', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 1));
    const [first, second] = await Promise.all([site.request(), site.request()]);
    expect(second.id).toBe(first.id);
    await expect(site.request({ apply: 'review' })).rejects.toThrow(RunInProgressError);
    await expect(site.request({ apply: 'review' })).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS', runId: first.id });
    await site.work();
    expect((await site.request()).id).not.toBe(first.id);
    await site.work();
  });

  it('publishes its next page only while fewer than four are unanswered', async () => {
    const site = harness();
    site.tenant.pageSize = 999;
    site.tenant.groups.set(GROUP, people(1, 3_000));
    await site.request();
    await site.work();
    expect(await membersOf(site, GROUP)).toHaveLength(3_000);
    expect(site.provisioning.largestBacklog).toBeLessThanOrEqual(5);
  });

  it('gives the newer page number to whoever a page names twice, and each fact the page it came from (invariant 2)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, [...people(1, 4), buildMember(person(1))]);
    await site.request();
    await site.work();
    const versions = site.provisioning.published.filter(({ fact }) => fact === `${GROUP}/${person(1)} added`);
    expect(versions).toEqual([
      { fact: `${GROUP}/${person(1)} added`, version: { readNo: expect.any(Number) as number, page: 1 } },
    ]);
  });
});

describe('a run that is killed', () => {
  it('goes on where it was, wherever it was killed, and publishes nothing twice (invariant 1)', async () => {
    let kills = 0;
    for (let steps = 1; ; steps += 3) {
      const site = harness();
      site.tenant.groups.set(GROUP, people(1, 7));
      const { id } = await site.request();
      const doomed = site.worker({ database: killableDatabase(test.db, { steps }) });
      const wasKilled = await site.work(doomed).then(
        () => false,
        () => true,
      );
      await site.expireLeases();
      await site.work();
      await site.provisioning.drain();
      expect(await site.stateOf(id), `killed after ${steps} steps`).toBe('completed');
      const facts = site.provisioning.published.map(({ fact }) => fact);
      expect(new Set(facts).size, `killed after ${steps} steps`).toBe(facts.length);
      expect(await membersOf(site, GROUP)).toHaveLength(7);
      if (!wasKilled) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(8);
  });

  it('asks Graph for the next page, not for those it has, under a new read number (invariant 2)', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 9));
    site.tenant.failures.set(GROUP, { atPage: 2, error: new Error('killed') });
    const { id } = await site.request();
    await site.work();
    expect(await site.stateOf(id)).toBe('reading');
    site.tenant.failures.clear();
    site.passTime(10_000);
    await site.work();
    expect(site.tenant.pagesServed).toEqual([`${GROUP}#0`, `${GROUP}#1`, `${GROUP}#2`]);
    const readNos = site.provisioning.published
      .filter(({ fact }) => fact.startsWith(GROUP))
      .map(({ version }) => (version as { readNo: number }).readNo);
    expect(new Set(readNos).size).toBe(2);
    expect(readNos.at(-1)).toBeGreaterThan(readNos[0]!);
  });

  it('writes nothing more once another worker has taken it over', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    site.tenant.beforePage = async (index) => {
      if (index === 1) await test.db.query('UPDATE runs.sync_runs SET lease_token = lease_token + 1 WHERE id = $1', [id]);
    };
    await site.worker().workOnce(new AbortController().signal);
    const staged = await test.db.query('SELECT DISTINCT page FROM runs.staged_members WHERE run_id = $1', [id]);
    expect(staged).toEqual([{ page: 0 }]);
    expect(await site.stateOf(id)).toBe('reading');
  });

  it('or cancelled stops after the page in work', async () => {
    const site = harness();
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    site.tenant.beforePage = async (index) => {
      if (index === 1) await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
    };
    await site.work();
    expect(await site.stateOf(id)).toBe('cancelled');
    expect(site.provisioning.pages).toBe(0);
    expect(await test.db.query('SELECT 1 FROM runs.staged_members WHERE run_id = $1', [id])).toEqual([]);
  });
});
