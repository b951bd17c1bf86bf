import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { approveRun, getRun, listChanges, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const PERSON = 'bbbbbbbb-0000-4000-8000-000000000001';
const disabled = buildMember(PERSON, { attributes: { ...buildMember(PERSON).attributes, accountEnabled: false } });
const unreachable = buildMember(PERSON, {
  attributes: { ...buildMember(PERSON).attributes, mail: null, userPrincipalName: 'one#EXT#' },
});

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

const outcomes = async (site: RunHarness, runId: string) =>
  (await listChanges(test.db, site.organisationId, runId, { limit: 100 })).items
    .map(({ action, groupId, outcome }) => [action, groupId?.at(-1), outcome].filter((part) => part !== undefined).join(' '))
    .sort();

async function finish(site: RunHarness): Promise<void> {
  await site.work();
  site.passTime(60_000);
  await site.work();
  site.passTime(3_600_000);
}

async function approve(site: RunHarness, id: string): Promise<void> {
  const { planHash } = await getRun(test.db, site.organisationId, id);
  await test.db.transaction((tx) => approveRun(tx, site.actor, id, planHash ?? '', site.now));
  await finish(site);
}

describe('what one plan says of one person', () => {
  it.each(['automatic', 'review'] as const)(
    'is applied as a whole where they leave one group and come in by another (%s, invariant 6)',
    async (apply) => {
      const site = new RunHarness(test.db);
      site.tenant.groups.set(GROUP, [disabled]);
      site.tenant.groups.set(OTHER, [disabled]);
      await site.request();
      await finish(site);
      site.tenant.groups.set(GROUP, []);
      site.tenant.groups.set(OTHER, [buildMember(PERSON)]);
      const { id } = await site.request({ apply });
      await finish(site);
      if (apply === 'review') await approve(site, id);
      expect(await outcomes(site, id)).toEqual(['create applied', 'grant 2 applied']);
    },
  );

  it('lets nothing follow that was not in it, although live sync heard since that they qualify: they are read directly (invariant 6)', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, [unreachable, buildMember('bbbbbbbb-0000-4000-8000-000000000002')]);
    const { id } = await site.request({ apply: 'review' });
    await finish(site);
    await site.provisioning.reportUser(buildMember(PERSON));
    await approve(site, id);
    const effects = await test.db.query('SELECT 1 FROM people.run_effects WHERE run_id = $1 AND entra_object_id = $2', [
      id,
      PERSON,
    ]);
    expect(effects).toEqual([]);
    expect(site.provisioning.rechecks.filter(({ memberId }) => memberId === PERSON)).toMatchObject([
      { kind: 'user', reason: 'PLAN_STALE' },
      { kind: 'membership', reason: 'PLAN_STALE', groupId: GROUP },
    ]);
  });
});
