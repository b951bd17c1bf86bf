import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { GraphUnavailableError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { decideChanges, getRun, listGroupProofs, listProofDifferences, RunNotFoundError, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const digestOf = (ids: readonly string[]) => createHash('sha256').update(ids.toSorted().join(',')).digest('hex');
const HOUR = 3_600_000;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

const groupsOf = (site: RunHarness, runId: string) => listGroupProofs(test.db, site.organisationId, runId);
const summaryOf = async (site: RunHarness, runId: string) => (await getRun(test.db, site.organisationId, runId)).summary;
/** Who differs, as lines: number, side, why, code. */
async function differences(site: RunHarness, runId: string): Promise<string[]> {
  const { items } = await listProofDifferences(test.db, site.organisationId, runId, { limit: 1_000 });
  return items.map(({ entraObjectId, side, why, code }) =>
    [Number(entraObjectId.slice(-4)), side, why, ...(code === null ? [] : [code])].join(' '),
  );
}
async function siteOf(count: number): Promise<RunHarness> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, count));
  await site.completedRun();
  return site;
}
function leave(site: RunHarness, from: number, to: number): void {
  const gone = people(from, to);
  site.tenant.elsewhere.push(...gone);
  const isGone = new Set(gone.map(({ id }) => id));
  site.tenant.groups.set(
    GROUP,
    (site.tenant.groups.get(GROUP) ?? []).filter(({ id }) => !isGone.has(id)),
  );
}

describe('the proof of a run', () => {
  it('is equal where the accounts are what was read, by a digest that anybody can compute again', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 4));
    site.tenant.groups.set(OTHER, []);
    const id = await site.completedRun();
    const four = { people: 4, digest: digestOf(people(1, 4).map((member) => member.id)) };
    const nobody = { people: 0, digest: digestOf([]) };
    expect(await groupsOf(site, id)).toEqual([
      { groupId: GROUP, verdict: 'equal', read: four, accounts: four, reasons: {}, code: null },
      { groupId: OTHER, verdict: 'equal', read: nobody, accounts: nobody, reasons: {}, code: null },
    ]);
    expect(await summaryOf(site, id)).toMatchObject({
      proof: { equal: 2, different: 0, unread: 0, differing: 0, unexplained: 0 },
    });
  });

  it('names whoever is skipped, with the reason; the fact of the run tells of the first of them', async () => {
    const site = new RunHarness(test.db);
    const noMail = { attributes: { displayName: 'Without mail', userPrincipalName: 'x#EXT#@y' } };
    site.tenant.groups.set(GROUP, [
      ...people(1, 4),
      buildMember(person(8), { unreadable: true, attributes: {} }),
      buildMember(person(9), noMail),
    ]);
    const id = await site.completedRun();
    expect(await differences(site, id)).toEqual([
      '8 onlyInEntra unreadable MEMBERS_UNREADABLE',
      '9 onlyInEntra skipped NO_USABLE_EMAIL',
    ]);
    expect(await groupsOf(site, id)).toMatchObject([{ verdict: 'different', reasons: { skipped: 1, unreadable: 1 } }]);
    const [told] = await test.db.query<{ data: unknown }>(
      `SELECT convert_from(value, 'UTF8')::jsonb->'data' AS data FROM messaging.outbox
        WHERE topic = 'sync.runs.v1' AND key = $1 ORDER BY id DESC LIMIT 1`,
      [site.connectionId],
    );
    expect(told?.data).toMatchObject({
      run: { id, state: 'completed' },
      firstSkips: [
        { displayName: 'Without mail', code: 'NO_USABLE_EMAIL' },
        { displayName: null, code: 'MEMBERS_UNREADABLE' },
      ],
    });
  });

  it('says held of whom the guard keeps, and unconfirmed of whom only the list has lost (invariants 4 and 5)', async () => {
    const site = await siteOf(4);
    leave(site, 1, 4);
    expect(await differences(site, await site.completedRun())).toEqual([1, 2, 3, 4].map((n) => `${n} onlyHere held`));
    const lying = await siteOf(4);
    lying.tenant.lyingEmpty.add(GROUP);
    expect(await differences(lying, await lying.completedRun())).toEqual(
      [1, 2, 3, 4].map((n) => `${n} onlyHere unconfirmed STILL_NAMED_BY_THE_PERSON`),
    );
  });

  it('says left out of whom a review took out of the plan, and stale of whom moved while the plan waited (invariant 6)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    await test.db.transaction((tx) => decideChanges(tx, site.actor, id, { entraObjectId: person(1) }, 'skip'));
    site.passTime(72 * HOUR);
    leave(site, 2, 2);
    await site.approve(id);
    await site.work();
    expect(await differences(site, id)).toEqual(['1 onlyInEntra leftOut', '2 onlyInEntra stale PLAN_STALE']);
  });

  it('says pinned of what was undone, and by hand of what a person did', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 3));
    const first = await site.completedRun();
    await site.complete((await site.requestUndo({ runId: first }, 'automatic')).id);
    expect(await differences(site, await site.completedRun())).toEqual([1, 2, 3].map((n) => `${n} onlyInEntra pinned`));

    const other = await siteOf(12);
    other.tenant.groups.set(OTHER, people(2, 2));
    await other.completedRun();
    await test.db.query(
      `UPDATE people.accounts SET own_status = 'deactivated' WHERE connection_id = $1 AND entra_object_id = $2`,
      [other.connectionId, person(1)],
    );
    await test.db.query(`UPDATE people.grants SET source = 'manual' WHERE connection_id = $1 AND entra_object_id = $2`, [
      other.connectionId,
      person(3),
    ]);
    other.tenant.groups.set(OTHER, people(2, 3));
    leave(other, 3, 3);
    expect(await differences(other, await other.completedRun())).toEqual(['1 onlyInEntra byHand', '3 onlyHere byHand']);
  });

  it('says changed since of whom live sync changed after the read', async () => {
    const site = await siteOf(4);
    let isReported = false;
    site.tenant.beforePage = async (index) => {
      if (index !== 1 || isReported) return;
      isReported = true;
      await site.provisioning.report(GROUP, [{ memberId: person(2), memberType: 'user', change: 'removed' }]);
    };
    expect(await differences(site, await site.completedRun())).toEqual(['2 onlyInEntra changedSince']);
  });

  it('proves nothing of a group that gave no complete picture, and of a run that read no group', async () => {
    const site = await siteOf(4);
    site.tenant.groups.set(OTHER, people(5, 9));
    site.tenant.failures.set(GROUP, {
      atPage: 1,
      error: Object.assign(new GraphUnavailableError('403', { operation: 'members' }), {
        code: 'CONSENT_MISSING',
        retry: 'never',
      }),
    });
    const id = await site.completedRun();
    expect(await groupsOf(site, id)).toMatchObject([
      { groupId: GROUP, verdict: 'unread', read: null, accounts: { people: 4 }, code: 'CONSENT_MISSING' },
      { groupId: OTHER, verdict: 'equal', read: { people: 5 } },
    ]);
    expect(await differences(site, id)).toEqual([]);
    expect(await summaryOf(site, id)).toMatchObject({ proof: { equal: 1, unread: 1 } });
    const undo = await site.requestUndo({ runId: id }, 'automatic');
    await site.work();
    await expect(groupsOf(site, undo.id)).rejects.toThrow(RunNotFoundError);
  });

  it('is nobody else’s, and its list is paged', async () => {
    const site = await siteOf(4);
    leave(site, 1, 4);
    const id = await site.completedRun();
    const first = await listProofDifferences(test.db, site.organisationId, id, { limit: 3 });
    const rest = await listProofDifferences(test.db, site.organisationId, id, { limit: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ entraObjectId }) => entraObjectId)).toEqual([1, 2, 3, 4].map(person));
    expect(rest.nextCursor).toBeNull();
    const stranger = new RunHarness(test.db);
    await expect(groupsOf(stranger, id)).rejects.toThrow(RunNotFoundError);
    expect(await differences(stranger, id)).toEqual([]);
  });
});
