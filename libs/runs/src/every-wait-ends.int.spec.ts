import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { GraphUnavailableError, ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import {
  cancelRunsOf,
  decideChanges,
  expirePlan,
  findExpiredPlans,
  findWaitingConnections,
  getRun,
  listChanges,
  runsMigrations,
  settleCancelledRuns,
} from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const facts = { operation: 'groups.members' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS = 24 * HOUR;

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

const throwing = (error: () => Error) => (site: RunHarness) => {
  site.graph = () => {
    throw error();
  };
};
const graphSilent = throwing(() => new GraphUnavailableError('away', facts));

/** A run in this state, in which one person would come and one would go. */
async function runIn(state: string): Promise<{ site: RunHarness; id: string }> {
  const site = new RunHarness(test.db);
  site.tenant.groups.set(GROUP, people(1, 20));
  await site.completedRun();
  site.tenant.groups.set(GROUP, people(2, 21));
  site.tenant.elsewhere.push(...people(1, 1));
  const { id } = await site.request({ apply: ['awaitingReview', 'approved'].includes(state) ? 'review' : 'automatic' });
  if (state === 'reading') {
    const { graph } = site;
    graphSilent(site);
    await site.work();
    site.graph = graph;
  }
  if (!['requested', 'reading'].includes(state)) await site.work();
  if (!['requested', 'reading', 'comparing'].includes(state)) site.passTime(MINUTE);
  if (['awaitingReview', 'approved'].includes(state)) await site.work();
  if (state === 'approved') await site.approve(id);
  if (state === 'applying') while (await site.worker({ patienceMs: 1 }).workOnce(new AbortController().signal));
  expect(await site.stateOf(id)).toBe(state);
  return { site, id };
}

/** What the service does besides working on runs. */
async function keepHouse(site: RunHarness): Promise<void> {
  for (const plan of await findExpiredPlans(test.db, site.now))
    if (plan.organisationId === site.organisationId) await test.db.transaction((tx) => expirePlan(tx, plan, site.now));
  for (const { connectionId } of await findWaitingConnections(test.db))
    if (connectionId === site.connectionId && site.provisioning.isDisconnected)
      await test.db.transaction((tx) => cancelRunsOf(tx, site.actor, connectionId, site.now));
  await test.db.transaction((tx) =>
    settleCancelledRuns(tx, site.book(), site.now, (_id, error) => expect(error).toBeUndefined()),
  );
}

const SILENT = { patienceMs: 1 };
const trouble: Record<string, (site: RunHarness, id: string) => unknown> = {
  'the worker is lost': (_site, id) =>
    test.db.query(
      `UPDATE runs.sync_runs SET lease_owner = 'gone', lease_token = lease_token + 1, lease_until = now() + interval '30 seconds' WHERE id = $1`,
      [id],
    ),
  'the connection is paused': (site) => Object.assign(site.provisioning, { state: 'paused', live: false }),
  'the connection is quarantined': (site) => Object.assign(site.provisioning, { state: 'quarantined' }),
  'live sync is off': (site) => Object.assign(site.provisioning, { live: false }),
  // As an older version left them, or a request in the same moment: nobody cancelled them.
  'the connection was disconnected': (site) => Object.assign(site.provisioning, { isDisconnected: true }),
  'the secret is lost': throwing(() => Object.assign(new Error('refused'), { code: 'SECRET_INVALID', retry: 'never' })),
  'Graph does not answer': graphSilent,
  'Graph throttles without end': throwing(() => new ThrottledError('wait', facts, 10_000)),
  'provisioning does not answer': () => undefined,
};

const done = 'completed';
const ended = 'failed CONNECTION_DISCONNECTED';
const expired = 'cancelled EXPIRED';
const TABLE: Record<string, Record<string, string>> = {
  'the worker is lost': {
    requested: done,
    reading: done,
    comparing: done,
    awaitingReview: expired,
    approved: done,
    applying: done,
  },
  'the connection is paused': {
    requested: done,
    reading: done,
    comparing: done,
    awaitingReview: expired,
    approved: done,
    applying: done,
  },
  'the connection is quarantined': {
    requested: done,
    reading: done,
    comparing: done,
    awaitingReview: expired,
    approved: done,
    applying: done,
  },
  'live sync is off': {
    requested: done,
    reading: done,
    comparing: done,
    awaitingReview: expired,
    approved: done,
    applying: done,
  },
  'the connection was disconnected': {
    requested: ended,
    reading: ended,
    comparing: ended,
    awaitingReview: 'cancelled CONNECTION_DISCONNECTED',
    approved: ended,
    applying: ended,
  },
  'the secret is lost': {
    requested: 'failed SECRET_INVALID',
    reading: 'failed SECRET_INVALID',
    comparing: 'failed SECRET_INVALID',
    awaitingReview: expired,
    approved: 'awaitingReview SECRET_INVALID, cancelled EXPIRED',
    applying: done,
  },
  'Graph does not answer': {
    requested: 'failed GRAPH_UNAVAILABLE',
    reading: 'failed GRAPH_UNAVAILABLE',
    comparing: 'failed GRAPH_UNAVAILABLE',
    awaitingReview: expired,
    approved: 'awaitingReview GRAPH_UNAVAILABLE, cancelled EXPIRED',
    applying: done,
  },
  'Graph throttles without end': {
    requested: 'failed THROTTLED',
    reading: 'failed THROTTLED',
    comparing: 'failed THROTTLED',
    awaitingReview: expired,
    approved: 'awaitingReview THROTTLED, cancelled EXPIRED',
    applying: done,
  },
  'provisioning does not answer': {
    requested: 'failed PROVISIONING_SILENT',
    reading: 'failed PROVISIONING_SILENT',
    comparing: 'failed PROVISIONING_SILENT',
    awaitingReview: expired,
    approved: 'failed PROVISIONING_SILENT',
    applying: 'failed PROVISIONING_SILENT',
  },
};
const cases = Object.entries(TABLE).flatMap(([what, ends]) => Object.entries(ends).map(([state, end]) => ({ what, state, end })));

describe('no run is in a live state for ever', () => {
  it.each(cases)('where $what while it is $state: $end', async ({ what, state, end }) => {
    const { site, id } = await runIn(state);
    await trouble[what]!(site, id);
    const isSilent = what === 'provisioning does not answer';
    const seen: string[] = [];
    const look = async () => {
      const run = await getRun(test.db, site.organisationId, id);
      const now = [run.state, ...(run.error === null ? [] : [run.error.code])].join(' ');
      const isWorthTelling = run.endedAt !== null || (run.error !== null && run.state === 'awaitingReview');
      if (isWorthTelling && seen.at(-1) !== now) seen.push(now);
      return run;
    };
    const step = isSilent ? 24 : 6;
    for (let hours = 0; hours <= 15 * 24 && (await look()).endedAt === null; hours += step) {
      await site.expireLeases();
      if (isSilent) while (await site.worker(SILENT).workOnce(new AbortController().signal));
      else await site.work();
      await keepHouse(site);
      site.passTime(step * HOUR);
    }
    await look();
    expect(seen.join(', ')).toBe(end);
    // Whatever is in flight is answered or lost some day: the books of all are closed then.
    site.passTime(8 * DAYS);
    await keepHouse(site);
    const open = await test.db.query(
      `SELECT 1 FROM runs.sync_runs WHERE id = $1 AND NOT is_settled AND state IN ('cancelled', 'failed') AND (state = 'cancelled' OR applying_at IS NOT NULL)`,
      [id],
    );
    expect(open).toEqual([]);
    expect(await test.db.query('SELECT 1 FROM runs.staged_members WHERE run_id = $1', [id])).toEqual([]);
  });

  it.each([
    ['requested', 'failed'],
    ['reading', 'failed'],
    ['comparing', 'failed'],
    ['approved', 'awaitingReview'],
  ])('gives up one that is %s when a day has passed since it last went on, and not before', async (state, end) => {
    const { site, id } = await runIn(state);
    graphSilent(site);
    await site.work();
    const began = site.now.getTime();
    const lookAfter = async (ms: number) => {
      site.now = new Date(began + ms);
      await site.work();
      return site.stateOf(id);
    };
    const waiting = await site.stateOf(id);
    for (const hours of [1, 12, 23]) expect(await lookAfter(hours * HOUR), `after ${hours} hours`).toBe(waiting);
    expect(await lookAfter(24 * HOUR - MINUTE)).toBe(waiting);
    expect(await lookAfter(24 * HOUR + MINUTE)).toBe(end);
  });

  it('counts a wait from when it last went on: a page now and then is not the end of it', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    const client = site.graph;
    for (let day = 0; day < 3; day += 1) {
      graphSilent(site);
      for (let hours = 0; hours < 20; hours += 5) {
        await site.work();
        site.passTime(5 * HOUR);
      }
      expect(await site.stateOf(id), `day ${day}`).toBe('reading');
      site.graph = client;
      site.tenant.beforePage = (index) =>
        index > day ? Promise.reject(new ThrottledError('wait', facts, 10_000)) : Promise.resolve();
      await site.work();
      site.passTime(HOUR);
    }
    site.tenant.beforePage = () => Promise.resolve();
    await site.work();
    expect(await site.stateOf(id)).toBe('completed');
  });
});

describe('an approved plan that could not be compared with a fresh read', () => {
  it('waits for a person again, with its decisions, and is looked at anew when it is approved again', async () => {
    const { site, id } = await runIn('awaitingReview');
    await test.db.transaction((tx) => decideChanges(tx, site.actor, id, { entraObjectId: person(21) }, 'skip'));
    await site.approve(id);
    const client = site.graph;
    graphSilent(site);
    for (let hours = 0; hours <= 30; hours += 6) {
      await site.work();
      site.passTime(6 * HOUR);
    }
    expect(await getRun(test.db, site.organisationId, id)).toMatchObject({
      state: 'awaitingReview',
      approvedBy: null,
      waiting: null,
      error: { code: 'GRAPH_UNAVAILABLE' },
    });
    const told = await test.db.query(
      `SELECT 1 FROM messaging.outbox WHERE topic = 'sync.runs.v1' AND convert_from(value, 'UTF8') LIKE $1`,
      [`%rollcall.run.awaiting-review%${id}%`],
    );
    expect(told).toHaveLength(2);
    site.graph = client;
    site.tenant.elsewhere.length = 0;
    site.tenant.groups.set(GROUP, people(1, 21));
    expect(await site.approve(id)).toMatchObject({ state: 'approved', error: null });
    await site.work();
    const { items } = await listChanges(test.db, site.organisationId, id, { limit: 100 });
    expect(items.map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual([
      'create skipped',
      'deactivate stale',
      'grant skipped',
      'revoke stale',
    ]);
  });
});
