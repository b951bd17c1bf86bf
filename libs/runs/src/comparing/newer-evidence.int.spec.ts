import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionSettingsSchema, EVERYBODY } from '#contracts';
import { withDatabase } from '#database/testing';
import { ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { listChanges, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Known to live sync only: the replica that the run reads has not heard of the ninth person yet, and their own side neither. */
const NINTH = person(9);

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(async () => {
  site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, 8));
  await site.completedRun();
  site.tenant.elsewhere.push(...people(9, 9));
  site.tenant.pagesServed.length = 0;
});

/** Live sync hears that the ninth person has joined, and who they are. */
async function join(): Promise<void> {
  await site.provisioning.report(GROUP, [{ memberId: NINTH, memberType: 'user', change: 'added' }]);
  await site.provisioning.reportUser(buildMember(NINTH));
}

async function finish(): Promise<void> {
  await site.work();
  site.passTime(MINUTE);
  await site.work();
}

const linesOf = async (runId: string) =>
  (await listChanges(test.db, site.organisationId, runId, { limit: 100 })).items.map(
    ({ action, entraObjectId, outcome }) => `${action} ${Number(entraObjectId.slice(-4))} ${outcome}`,
  );

async function expectNinthIsIn(): Promise<void> {
  const [known] = await test.db.query<{ status: string; isIn: boolean }>(
    `SELECT p.status, EXISTS (SELECT 1 FROM people.known_memberships m
              WHERE m.connection_id = p.connection_id AND m.group_id = $3 AND m.member_id = p.entra_object_id AND m.present) AS "isIn"
       FROM people.known_people p WHERE p.connection_id = $1 AND p.entra_object_id = $2`,
    [site.connectionId, NINTH, GROUP],
  );
  expect(known).toEqual({ status: 'inactive', isIn: true });
}

describe('whom a complete read does not list, against newer evidence (invariant 2)', () => {
  it('stays, and is not even in the plan, where live sync heard of them while it read', async () => {
    site.tenant.beforePage = async (index) => {
      if (index === 1) await join();
    };
    const { id } = await site.request();
    await finish();
    expect([await site.stateOf(id), await linesOf(id)]).toEqual(['completed', []]);
    await expectNinthIsIn();
  });

  it('also where the read was cut off before that, and went on an hour later under a greater number', async () => {
    let isRefused = false;
    site.tenant.beforePage = async (index) => {
      if (index !== 1 || isRefused) return;
      isRefused = true;
      await join();
      throw new ThrottledError('wait', { operation: 'groups.members' }, HOUR);
    };
    const { id } = await site.request();
    await site.work();
    expect(await site.stateOf(id)).toBe('reading');
    site.passTime(HOUR);
    await finish();
    expect(
      site.tenant.pagesServed.filter((page) => page.endsWith('#0')),
      'the read was not begun anew',
    ).toHaveLength(1);
    expect([await site.stateOf(id), await linesOf(id)]).toEqual(['completed', []]);
    await expectNinthIsIn();
  });

  it('also where it is known since the run found them missing: nothing of the removal is applied', async () => {
    await join();
    site.passTime(HOUR);
    const { id } = await site.request();
    await site.work();
    expect(await site.stateOf(id), 'their own side is asked in a minute').toBe('comparing');
    await join();
    await finish();
    expect(await site.stateOf(id)).toBe('completed');
    expect((await linesOf(id)).filter((line) => line.endsWith(' applied'))).toEqual([]);
    await expectNinthIsIn();
  });

  it('is removed where live sync heard of them before the read', async () => {
    await join();
    site.passTime(HOUR);
    const { id } = await site.request();
    await finish();
    expect(await linesOf(id)).toEqual(['revoke 9 applied', 'deactivate 9 applied']);
  });

  it('is not missed among everybody where live sync heard of them while everybody was read', async () => {
    site.settings = connectionSettingsSchema.parse({ scope: { mode: 'allUsers' } });
    site.tenant.groups.set(EVERYBODY, people(1, 8));
    await site.completedRun();
    site.tenant.ownSide.set(NINTH, { notFound: true });
    site.tenant.deletedUsers.add(NINTH);
    site.tenant.beforePage = async (index) => {
      if (index === 1) await site.provisioning.reportUser(buildMember(NINTH));
    };
    const { id } = await site.request();
    await finish();
    expect([await site.stateOf(id), await linesOf(id)]).toEqual(['completed', []]);
  });
});
