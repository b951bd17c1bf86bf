import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, requestUndo, runsMigrations, type RunRequest } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000002';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

async function found(site: RunHarness, request: Partial<RunRequest> = {}): Promise<unknown> {
  const { id } = await site.request(request);
  await site.work();
  site.passTime(60_000);
  await site.work();
  site.passTime(3_600_000);
  return (await getRun(test.db, site.organisationId, id)).summary?.missedNotices;
}
async function siteOf(count: number): Promise<RunHarness> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, count));
  expect(await found(site)).toBe(0);
  return site;
}

describe('missed notices that a run found', () => {
  it('are the membership changes that live sync should have brought before', async () => {
    const site = await siteOf(20);
    expect(await found(site)).toBe(0);
    site.tenant.groups.set(GROUP, people(3, 23));
    site.tenant.elsewhere.push(...people(1, 2));
    expect(await found(site)).toBe(5);
    expect(await found(site)).toBe(0);
  });

  it('are none where live sync brought the change, where a group is new, and where only a name changed', async () => {
    const site = await siteOf(4);
    site.tenant.groups.set(GROUP, people(1, 5));
    await site.provisioning.report(GROUP, [{ memberId: person(5), memberType: 'user', change: 'added' }]);
    await site.provisioning.reportUser(buildMember(person(5)));
    site.passTime(3_600_000);
    expect(await found(site)).toBe(0);
    site.tenant.groups.set(OTHER, people(1, 3));
    expect(await found(site)).toBe(0);
    const [first, ...others] = people(1, 5);
    site.tenant.groups.set(GROUP, [{ ...first!, attributes: { ...first!.attributes, displayName: 'Renamed' } }, ...others]);
    expect(await found(site)).toBe(0);
  });

  it('are none where live sync is off: nobody is notified', async () => {
    const site = await siteOf(4);
    site.settings = { ...site.settings, trigger: { ...site.settings.trigger, live: false } };
    site.tenant.groups.set(GROUP, people(1, 6));
    expect(await found(site)).toBe(0);
  });

  it.each(['BASELINE', 'DELTA_EXPIRED', 'GROUP_RETURNED', 'DEAD_LETTER', 'SETTLED'])(
    'are not counted by a run that was asked for because live sync had lost its place: %s',
    async (reason) => {
      const site = await siteOf(4);
      site.tenant.groups.set(GROUP, people(1, 6));
      expect(await found(site, { reason })).toBe(0);
    },
  );

  it('are not counted by an undo', async () => {
    const site = await siteOf(4);
    const [row] = await test.db.query<{ id: string }>('SELECT id FROM runs.sync_runs WHERE connection_id = $1', [
      site.connectionId,
    ]);
    const asked = { connectionId: site.connectionId, undoes: { runId: row!.id }, apply: 'automatic' } as const;
    const { id } = await test.db.transaction((tx) => requestUndo(tx, site.actor, asked, site.now));
    await site.work();
    expect((await getRun(test.db, site.organisationId, id)).summary?.missedNotices).toBe(0);
  });
});
