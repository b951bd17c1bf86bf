import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { getRun, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

interface Told {
  readonly type: string;
  readonly data: { readonly run: { readonly state: string }; readonly progress: { readonly membersRead: number } };
}

/** Everything that was told of the runs of this site, in order. */
const toldOf = (site: RunHarness) =>
  test.db.query<Told>(
    `SELECT event->>'type' AS type, event->'data' AS data FROM (
       SELECT id, convert_from(value, 'UTF8')::jsonb AS event FROM messaging.outbox WHERE topic = 'sync.runs.v1' AND key = $1) AS told
     ORDER BY id`,
    [site.connectionId],
  );
const progressOf = async (site: RunHarness) => (await toldOf(site)).filter(({ type }) => type === 'rollcall.run.progressed');

describe('how far a run has come', () => {
  it('is told while it goes on, what is new and each second at most, and never after its end', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(
      GROUP,
      Array.from({ length: 12 }, (_, n) => buildMember(person(n + 1))),
    );
    site.tenant.beforePage = (index) => pause(index === 2 ? 2_600 : 1_200);
    await site.request();
    await site.work();
    const told = await toldOf(site);
    const progress = told.filter(({ type }) => type === 'rollcall.run.progressed');
    const read = progress.filter(({ data }) => data.run.state === 'reading').map(({ data }) => data.progress.membersRead);
    expect(read.length).toBeGreaterThan(1);
    expect(new Set(read).size, 'nothing is told twice').toBe(read.length);
    expect(read).toEqual(read.toSorted((left, right) => left - right));
    expect(progress[0]?.data.progress).toMatchObject({ groups: { total: 1, read: 0, unreadable: 0 }, toApply: null });
    expect(told.at(-1)?.type).toBe('rollcall.run.completed');
    await pause(1_200);
    expect(await progressOf(site)).toHaveLength(progress.length);
  });

  it('is not waited for: a run goes on where it cannot be told', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, [buildMember(person(50))]);
    site.tenant.beforePage = () => pause(1_300);
    const { id } = await site.request();
    const deaf = Object.assign(Object.create(test.db) as typeof test.db, {
      transaction: (work: Parameters<typeof test.db.transaction>[0]) =>
        work.toString().includes('tellProgress') ? Promise.reject(new Error('refused')) : test.db.transaction(work),
    });
    await site.work(site.worker({ database: deaf }));
    expect([await site.stateOf(id), (await progressOf(site)).length]).toEqual(['completed', 0]);
  });

  it('counts how fast pages come now: what was waited for before the first, and slow ones long ago, fade out', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(
      GROUP,
      Array.from({ length: 60 }, (_, n) => buildMember(person(n + 100))),
    );
    const { id } = await site.request();
    const rates: (number | null)[] = [];
    site.tenant.beforePage = async (index) => {
      rates.push((await getRun(test.db, site.organisationId, id)).progress.perSecond);
      site.passTime(index === 0 ? 60_000 : index < 5 ? 4_000 : 1_000);
    };
    await site.work();
    expect(rates.slice(0, 2)).toEqual([null, null]);
    expect(rates[2]).toBe(0.8);
    expect(rates.at(-1), 'three a second now, 1.8 on average').toBeGreaterThan(2.4);
  });
});
