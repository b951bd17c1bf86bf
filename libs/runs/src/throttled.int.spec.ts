import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '#contracts';
import { withDatabase } from '#database/testing';
import { GraphUnavailableError, ThrottledError } from '#graph-client';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { cancelRun, getRun, raiseOverdueAlarms, runsMigrations } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000001';
const person = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => buildMember(person(from + n)));
const facts = { operation: 'groups.members' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let site: RunHarness;
let lines: string[];
const note =
  (level: string) =>
  (_fields: object, message: string): void =>
    void lines.push(`${level} ${message}`);
const log: Log = { debug() {}, info: note('info'), warn: note('warn'), error: note('error') };

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));
beforeEach(() => {
  site = new RunHarness(test.db);
  lines = [];
});

const work = () => site.work(site.worker({ log }));
const run = (id: string) => getRun(test.db, site.organisationId, id);

/** Every request of the tenant is refused until then; answers how many were sent and how early the earliest came. */
function throttle(retryAfterMs: number, untilMs: number): { requests: number; earlyMs: number } {
  const until = site.now.getTime() + untilMs;
  const seen = { requests: 0, earlyMs: 0 };
  let freeAt = 0;
  const refuse = (): Promise<void> => {
    const now = site.now.getTime();
    if (now >= until) return Promise.resolve();
    seen.requests += 1;
    seen.earlyMs = Math.max(seen.earlyMs, freeAt - now);
    freeAt = now + retryAfterMs;
    return Promise.reject(new ThrottledError('wait', facts, retryAfterMs));
  };
  site.tenant.beforePage = refuse;
  site.tenant.beforePeople = refuse;
  return seen;
}

/** Looks again and again, as the service does. */
async function workFor(ms: number, stepMs = 1_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await work();
    site.passTime(stepMs);
  }
}

describe('a tenant that answers 429 for an hour', () => {
  it('is asked again only when it said so; the run says what it waits for, fills no log, and goes on where it was', async () => {
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    let pages = 0;
    const seen = throttle(10_000, HOUR);
    const refuse = site.tenant.beforePage;
    site.tenant.beforePage = (index) => ((pages += 1) <= 2 ? Promise.resolve() : refuse(index));
    await workFor(HOUR, 5_000);
    expect(seen.earlyMs).toBe(0);
    expect(seen.requests).toBe(360);
    expect(await run(id)).toMatchObject({
      state: 'reading',
      progress: { pages: 2, membersRead: 6, perSecond: null, secondsLeft: null },
      waiting: { code: 'THROTTLED', until: site.now.toISOString() },
      error: null,
    });
    expect(lines).toEqual(['info the run begins', 'info reading the group failed']);
    const alarms = { connectionIds: [site.connectionId], liveConnectionIds: [site.connectionId], baselines: [] };
    expect(await test.db.transaction((tx) => raiseOverdueAlarms(tx, alarms, site.now)), 'somebody works on it').toBe(0);
    await work();
    expect(site.tenant.pagesServed).toEqual([`${GROUP}#0`, `${GROUP}#1`, `${GROUP}#2`]);
    expect(await run(id)).toMatchObject({
      state: 'completed',
      waiting: null,
      summary: { fetched: 9, created: 9, unreadable: [] },
    });
  });

  it('says so while the people of an approved plan are looked at again, and nothing is applied meanwhile', async () => {
    site.tenant.groups.set(GROUP, people(1, 3));
    const { id } = await site.request({ apply: 'review' });
    await work();
    await site.approve(id);
    const seen = throttle(5 * MINUTE, HOUR);
    await workFor(HOUR, 20_000);
    expect(seen).toEqual({ requests: 12, earlyMs: 0 });
    expect(await run(id)).toMatchObject({ state: 'approved', waiting: { code: 'THROTTLED' }, progress: { applied: 0 } });
    expect(lines.filter((line) => line.endsWith('the run waits'))).toEqual(['info the run waits']);
    await work();
    expect(await run(id)).toMatchObject({ state: 'completed', waiting: null, summary: { created: 3, stale: 0 } });
  });

  it('is no failure: what comes after it has all its tries', async () => {
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    throttle(10_000, 10 * MINUTE);
    await workFor(10 * MINUTE);
    const answers = [new GraphUnavailableError('away', facts), new Error('foreseen by nobody')];
    site.tenant.beforePage = () => {
      const error = answers.shift();
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    };
    await workFor(MINUTE);
    expect(await run(id)).toMatchObject({ state: 'completed', error: null, summary: { fetched: 9, unreadable: [] } });
  });

  it('keeps nobody from cancelling: the run ends at once, and the tenant is left alone', async () => {
    site.tenant.groups.set(GROUP, people(1, 9));
    const { id } = await site.request();
    const seen = throttle(30 * MINUTE, HOUR);
    await workFor(5_000);
    expect(seen.requests).toBe(1);
    await test.db.transaction((tx) => cancelRun(tx, site.actor, id, site.now));
    expect(await run(id)).toMatchObject({ state: 'cancelled', waiting: null });
    await workFor(HOUR, 60_000);
    expect(seen.requests).toBe(1);
  });
});

describe('a group of which a page fails now and then', () => {
  it('is left out only after failures in a row: a page that came begins the count anew', async () => {
    site.tenant.groups.set(GROUP, people(1, 18));
    const { id } = await site.request();
    const failures = new Map<number, number>();
    site.tenant.beforePage = (index) => {
      const before = failures.get(index) ?? 0;
      if (before >= 4) return Promise.resolve();
      failures.set(index, before + 1);
      return Promise.reject(new GraphUnavailableError('away', facts));
    };
    await workFor(10 * MINUTE);
    expect(await run(id)).toMatchObject({ state: 'completed', summary: { fetched: 18, unreadable: [] } });
  });
});
