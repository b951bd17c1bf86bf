import { beforeEach, describe, expect, it } from 'vitest';
import {
  connectionsMigrations,
  createConnection,
  deleteConnection,
  enableConnection,
  mergeSettings,
  patchConnection,
  pauseConnection,
  quarantineConnection,
  recoverConnection,
  getConnection,
  type Actor,
} from '#connections';
import { buildNewConnection, makeOrganisation, testSecretBox } from '#connections/testing';
import { silentLog, type Clock } from '#contracts';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { requestRun, runsMigrations } from '#runs';
import { StartScheduledRunsTask } from './start-scheduled-runs.task.js';

const test = withDatabase([messagingMigrations, connectionsMigrations, runsMigrations]);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const ROME = { at: '02:30', zone: 'Europe/Rome' };
const at = (text: string) => new Date(`${text}Z`);

/** An enabled connection with this schedule, as it stands since the day before. */
async function scheduled(fullSync: object | null, since: Date): Promise<{ actor: Actor; id: string }> {
  const actor = await makeOrganisation(test.db);
  const { id } = await test.db.transaction((tx) => createConnection(tx, actor, buildNewConnection(), testSecretBox()));
  await test.db.transaction((tx) => enableConnection(tx, actor, id));
  await change({ actor, id }, { trigger: { fullSync } }, since);
  return { actor, id };
}

async function change({ actor, id }: { actor: Actor; id: string }, patch: object, when: Date): Promise<void> {
  await test.db.transaction(async (tx) => {
    const { settings, version } = await getConnection(tx, actor.organisationId, id);
    await patchConnection(tx, actor, id, { settings: mergeSettings(settings, patch) }, version, testSecretBox());
  });
  await setChangedAt(id, when);
}

const setChangedAt = (id: string, when: Date) =>
  test.db.query('UPDATE connections.connections SET updated_at = $2 WHERE id = $1', [id, when]);

const replica = (clock: Clock) => new StartScheduledRunsTask(test.db, clock, silentLog);
const look = (now: Date) => replica(() => now).run();

/** When the scheduled runs of a connection were asked for; each is over before the next look, unless `keep` is asked for. */
async function begun(id: string): Promise<string[]> {
  const rows = await test.db.query<{ requestedAt: Date }>(
    `SELECT requested_at AS "requestedAt" FROM runs.sync_runs WHERE connection_id = $1 AND reason = 'SCHEDULE' ORDER BY 1`,
    [id],
  );
  return rows.map(({ requestedAt }) => requestedAt.toISOString().slice(0, 19));
}

const endRuns = () => test.db.query(`UPDATE runs.sync_runs SET state = 'completed'`);

describe('scheduled runs of several replicas', () => {
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules, connections.connections CASCADE'));

  it.each([
    ['clocks go forward over it', '2027-03-27T12:00:00', ['2027-03-28T01:00:00', '2027-03-29T00:30:00']],
    ['clocks go back over it', '2027-10-30T12:00:00', ['2027-10-31T00:30:00', '2027-11-01T01:30:00']],
    ['a leap month ends', '2028-02-28T12:00:00', ['2028-02-29T01:30:00', '2028-03-01T01:30:00']],
  ])('begin once for each due time where %s, though their clocks differ and all look at once', async (_what, from, due) => {
    const { id } = await scheduled(ROME, at(from));
    let now = at(from).getTime();
    const replicas = [-1_500, 0, 1_500].map((skewMs) => replica(() => new Date(now + skewMs)));
    for (const time of due) {
      for (const offset of [-HOUR, -5_000, -1_500, -1, 0, 1, 1_500, 5_000, 1_800_000, HOUR - 1, HOUR, HOUR + 1_500, 2 * HOUR]) {
        now = at(time).getTime() + offset;
        await Promise.all(replicas.map((one) => one.run()));
        await endRuns();
      }
    }
    expect((await begun(id)).map((time) => time.slice(0, 16))).toEqual(
      due.map((time) => expect.stringMatching(near(time)) as string),
    );
  });

  it('catch up once what was missed while all were away, and go on by the hours from the due time before', async () => {
    const { id } = await scheduled({ everyHours: 6 }, at('2027-01-01T00:00:00'));
    await look(at('2027-01-01T06:00:03'));
    await endRuns();
    for (const minute of [0, 1, 2]) {
      await Promise.all([1, 2, 3].map(() => look(at(`2027-01-05T07:0${minute}:00`))));
      await endRuns();
    }
    await look(at('2027-01-05T12:00:00'));
    expect(await begun(id)).toEqual(['2027-01-01T06:00:03', '2027-01-05T07:00:00', '2027-01-05T12:00:00']);
  });

  it('never begin by themselves where only people ask for runs', async () => {
    const { id } = await scheduled(null, at('2027-01-01T00:00:00'));
    await look(at('2027-02-01T00:00:00'));
    expect(await begun(id)).toEqual([]);
  });
});

describe('a schedule that is changed around its due time', () => {
  const before = at('2027-01-01T12:00:00');
  const daily = (hour: string) => ({ trigger: { fullSync: { at: hour, zone: 'UTC' } } });
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules, connections.connections CASCADE'));

  it('just before it, to later: nothing begins at the old time, though nobody looked between', async () => {
    const site = await scheduled({ at: '02:00', zone: 'UTC' }, before);
    await look(before);
    await change(site, daily('05:00'), at('2027-01-02T01:59:59'));
    await look(at('2027-01-02T02:00:03'));
    expect(await begun(site.id)).toEqual([]);
    await look(at('2027-01-02T05:00:01'));
    expect(await begun(site.id)).toEqual(['2027-01-02T05:00:01']);
  });

  it('to a time that is there before anybody has looked: it begins then, not a day later', async () => {
    const site = await scheduled({ at: '05:00', zone: 'UTC' }, before);
    await look(before);
    await change(site, daily('02:00'), at('2027-01-02T01:59:58'));
    await look(at('2027-01-02T02:00:03'));
    expect(await begun(site.id)).toEqual(['2027-01-02T02:00:03']);
  });

  it('just after it, before anybody looked: what was due is still due, once', async () => {
    const site = await scheduled({ at: '02:00', zone: 'UTC' }, before);
    await look(before);
    await change(site, daily('05:00'), at('2027-01-02T02:00:01'));
    await look(at('2027-01-02T02:00:03'));
    await endRuns();
    await look(at('2027-01-02T02:00:08'));
    expect(await begun(site.id)).toEqual(['2027-01-02T02:00:03']);
    await look(at('2027-01-02T05:00:00'));
    expect(await begun(site.id)).toHaveLength(2);
  });

  it('or switched off just before it: nothing begins', async () => {
    const site = await scheduled({ at: '02:00', zone: 'UTC' }, before);
    await look(before);
    await change(site, { trigger: { fullSync: null } }, at('2027-01-02T01:59:59'));
    await look(at('2027-01-02T02:00:03'));
    expect(await begun(site.id)).toEqual([]);
  });
});

describe('a connection that is not at work when a run is due', () => {
  const before = at('2027-01-01T12:00:00');
  const due = at('2027-01-02T02:00:01');
  const nightly = { at: '02:00', zone: 'UTC' };
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules, connections.connections CASCADE'));

  it('paused: nothing begins, and nothing is made up for when it goes on', async () => {
    const { actor, id } = await scheduled(nightly, before);
    await look(before);
    await test.db.transaction((tx) => pauseConnection(tx, actor, id));
    await look(due);
    await test.db.transaction((tx) => enableConnection(tx, actor, id));
    await setChangedAt(id, at('2027-01-02T09:00:00'));
    await look(at('2027-01-02T09:00:03'));
    expect(await begun(id)).toEqual([]);
    await look(at('2027-01-03T02:00:00'));
    expect(await begun(id)).toEqual(['2027-01-03T02:00:00']);
  });

  it('quarantined: nothing begins that would only fail, and it is made up for once when it recovers', async () => {
    const { actor, id } = await scheduled(nightly, before);
    await look(before);
    const reason = { code: 'SECRET_EXPIRED', message: 'expired', nextTryAt: due };
    await test.db.transaction((tx) => quarantineConnection(tx, actor, id, reason));
    await setChangedAt(id, at('2027-01-02T01:00:00'));
    await look(due);
    await look(at('2027-01-04T10:00:00'));
    expect(await begun(id)).toEqual([]);
    await test.db.transaction((tx) => recoverConnection(tx, actor, id));
    await look(at('2027-01-04T10:00:10'));
    await endRuns();
    await look(at('2027-01-04T10:00:15'));
    expect(await begun(id)).toEqual(['2027-01-04T10:00:10']);
  });

  it('disconnected: nothing begins any more', async () => {
    const { actor, id } = await scheduled(nightly, before);
    await look(before);
    await test.db.transaction((tx) => deleteConnection(tx, actor, id));
    await look(due);
    expect(await begun(id)).toEqual([]);
    expect(await test.db.query('SELECT 1 FROM runs.schedules')).toEqual([]);
  });

  it('busy with a run that does not do what is due: it begins when that has ended', async () => {
    const { actor, id } = await scheduled(nightly, before);
    await look(before);
    await test.db.transaction((tx) =>
      requestRun(tx, actor, { connectionId: id, kind: 'full', apply: 'review', reason: 'MANUAL' }, at('2027-01-02T01:50:00')),
    );
    await look(due);
    await look(at('2027-01-02T03:00:00'));
    expect(await begun(id)).toEqual([]);
    await endRuns();
    await Promise.all([1, 2, 3].map(() => look(at('2027-01-02T03:10:00'))));
    expect(await begun(id)).toEqual(['2027-01-02T03:10:00']);
  });

  it('busy with one that does: that one is it', async () => {
    const { actor, id } = await scheduled(nightly, before);
    await look(before);
    await test.db.transaction((tx) =>
      requestRun(tx, actor, { connectionId: id, kind: 'full', apply: 'automatic', reason: 'MANUAL' }, at('2027-01-02T01:50:00')),
    );
    await look(due);
    await endRuns();
    await look(at('2027-01-02T03:00:00'));
    expect(await begun(id)).toEqual([]);
  });
});

/** The due minute, or two seconds before it by the clock of one replica. */
function near(time: string): RegExp {
  const minute = (ms: number) => new Date(at(time).getTime() + ms).toISOString().slice(0, 16);
  return new RegExp(`^(${minute(0)}|${minute(-2_000)})$`);
}
