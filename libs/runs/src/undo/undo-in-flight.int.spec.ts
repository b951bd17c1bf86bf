import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { cancelRun, getRun, listChanges, runsMigrations, settleCancelledRuns } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));

let site: RunHarness;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(() => {
  site = new RunHarness(test.db);
  site.tenant.pageSize = 999;
  site.tenant.groups.set(GROUP, people(1, 1_600));
});

const inFlight = async () =>
  (await test.db.query(`SELECT 1 FROM messaging.outbox WHERE topic = 'directory.changes.v1' AND key = $1`, [site.connectionId]))
    .length;

/** A run that was cancelled when it had published pages of which provisioning has seen none yet. */
async function cancelledInFlight(): Promise<string> {
  const { id } = await site.request();
  const stop = new AbortController();
  const working = site.worker().workOnce(stop.signal);
  while ((await inFlight()) < 4) await pause(20);
  await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
  stop.abort();
  await working;
  return id;
}

/** A worker alone: nothing that it published is applied meanwhile. */
async function workAlone(): Promise<void> {
  while (await site.worker().workOnce(new AbortController().signal));
}

const settle = () =>
  test.db.transaction((tx) => settleCancelledRuns(tx, site.book(), site.now, (_id, error) => expect(error).toBeUndefined()));
const presented = (id: string) => getRun(test.db, site.organisationId, id);
async function livingAccounts(): Promise<number> {
  const [row] = await test.db.query<{ people: number }>(
    `SELECT count(*) AS people FROM people.accounts WHERE connection_id = $1 AND status <> 'deactivated'`,
    [site.connectionId],
  );
  return row!.people;
}

describe('an undo of a run of which pages are in flight', () => {
  it('waits until they are applied, says so, and then takes back all of it', async () => {
    const cancelled = await cancelledInFlight();
    const { id } = await site.requestUndo({ runId: cancelled });
    await workAlone();
    expect(await presented(id)).toMatchObject({ state: 'comparing', waiting: { code: 'STILL_BEING_APPLIED' } });
    site.passTime(2_000);
    await site.work();
    expect(await livingAccounts()).toBe(1_000);
    site.passTime(2_000);
    await site.work();
    await settle();
    expect(await presented(id)).toMatchObject({ state: 'awaitingReview', waiting: null });
    const { items } = await listChanges(test.db, site.organisationId, id, { limit: 10_000 });
    expect(items.filter(({ action }) => action === 'deactivate')).toHaveLength(1_000);
    await site.approve(id);
    await site.complete(id);
    expect(await livingAccounts()).toBe(0);
    expect(await presented(cancelled)).toMatchObject({ state: 'cancelled', undone: true });
  });

  it('waits for them where a span of time is undone, too', async () => {
    const from = site.now.toISOString();
    await cancelledInFlight();
    site.passTime(2_000);
    const { id } = await site.requestUndo({ from, to: new Date(site.now.getTime() + 60_000).toISOString() }, 'automatic');
    await workAlone();
    expect(await presented(id)).toMatchObject({ state: 'comparing', waiting: { code: 'STILL_BEING_APPLIED' } });
    site.passTime(2_000);
    await site.work();
    site.passTime(2_000);
    await site.work();
    expect([await presented(id), await livingAccounts()]).toEqual([expect.objectContaining({ state: 'completed' }), 0]);
  });

  it('calls no run undone of which something was applied after the span', async () => {
    const from = site.now.toISOString();
    const cancelled = await cancelledInFlight();
    let handled = 0;
    // Of what it had published, the first page is applied at once and the rest an hour later.
    site.provisioning.beforePage = () => {
      if ((handled += 1) === 3) site.passTime(3_600_000);
      return Promise.resolve();
    };
    await site.provisioning.drain();
    await settle();
    const { id } = await site.requestUndo({ from, to: new Date(Date.parse(from) + 60_000).toISOString() }, 'automatic');
    await site.work();
    expect(await presented(id)).toMatchObject({ state: 'completed' });
    expect(await livingAccounts()).toBeGreaterThan(0);
    expect(await presented(cancelled)).toMatchObject({ undone: false });
  });
});
