import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import {
  alignSchedules,
  dueSchedules,
  raiseOverdueAlarms,
  RunInProgressError,
  requestRun,
  runsMigrations,
  startScheduledRun,
  type DueWork,
} from '#runs';

const test = withDatabase([messagingMigrations, runsMigrations]);
const at = (text: string) => new Date(`2026-03-${text}Z`);

function site() {
  const connection = { connectionId: randomUUID(), organisationId: randomUUID(), schedule: { at: '02:00', zone: 'UTC' } };
  const actor = { kind: 'system', id: 'full-sync', organisationId: connection.organisationId } as const;
  const align = (now: Date, schedule: { at: string; zone: string } | null = connection.schedule) =>
    test.db.transaction((tx) => alignSchedules(tx, async () => [{ ...connection, schedule, changedAt: now }], now));
  const dueNow = (now: Date) => dueSchedules(test.db, [connection.connectionId], now);
  const start = async (now: Date) => {
    const [due] = await dueNow(now);
    return due === undefined ? undefined : test.db.transaction((tx) => startScheduledRun(tx, actor, due, now));
  };
  return { connection, actor, align, dueNow, start };
}

describe('scheduled runs', () => {
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules CASCADE'));

  it('begin once per due time, whichever replicas look at once', async () => {
    const { align, actor, connection, dueNow } = site();
    await align(at('01T12:00:00'));
    expect(await dueNow(at('02T01:59:59'))).toEqual([]);
    const [due] = await dueNow(at('02T02:00:00'));
    const started = await Promise.all(
      [1, 2, 3].map(() => test.db.transaction((tx) => startScheduledRun(tx, actor, due!, at('02T02:00:00')))),
    );
    expect(started.filter((run) => run !== null)).toHaveLength(1);
    expect(started.find((run) => run !== null)).toMatchObject({ connectionId: connection.connectionId, reason: 'SCHEDULE' });
    expect(await dueNow(at('02T23:00:00'))).toEqual([]);
  });

  it('that were missed for five days are caught up once', async () => {
    const { align, dueNow, start } = site();
    await align(at('01T12:00:00'));
    expect(await start(at('06T15:00:00'))).toMatchObject({ reason: 'SCHEDULE' });
    expect(await start(at('06T15:00:01'))).toBeUndefined();
    expect((await dueNow(at('07T02:00:00'))).map(({ dueAt }) => dueAt)).toEqual([at('07T02:00:00')]);
  });

  it('keep their due time over a restart around it, and follow a changed schedule', async () => {
    const { align, dueNow } = site();
    await align(at('01T12:00:00'));
    await align(at('02T01:00:00'));
    await align(at('02T02:00:01'));
    expect(await dueNow(at('02T02:00:01'))).toHaveLength(1);
    await align(at('02T02:00:02'), { at: '05:00', zone: 'UTC' });
    expect((await dueNow(at('02T02:00:03'))).map(({ dueAt }) => dueAt)).toEqual([at('02T02:00:00')]);
    await align(at('02T02:00:04'), null);
    expect(await dueNow(at('09T00:00:00'))).toEqual([]);
  });

  it.each([
    ['02:30 does not exist', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ['02:30 exists twice', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['a leap month ends', '2028-02-28T12:00:00Z', '2028-02-29T01:30:00Z', '2028-03-01T01:30:00Z'],
  ])('begin once on the day when %s, whenever the service restarts around it', async (_what, before, due, next) => {
    const { connectionId, organisationId } = site().connection;
    const schedule = { at: '02:30', zone: 'Europe/Rome' };
    const restart = (now: Date) =>
      test.db.transaction((tx) =>
        alignSchedules(tx, async () => [{ connectionId, organisationId, schedule, changedAt: new Date(before) }], now),
      );
    const begun: string[] = [];
    const look = async (now: Date) => {
      await restart(now);
      for (const found of await dueSchedules(test.db, [connectionId], now)) {
        const actor = { kind: 'system', id: 'full-sync', organisationId } as const;
        const run = await test.db.transaction((tx) => startScheduledRun(tx, actor, found, now));
        if (run !== null) begun.push(now.toISOString());
        await test.db.query(`UPDATE runs.sync_runs SET state = 'completed' WHERE connection_id = $1`, [connectionId]);
      }
    };
    await look(new Date(before));
    for (const seconds of [-1, 0, 1, 1_800, 3_599, 3_600, 3_601, 7_200]) await look(new Date(Date.parse(due) + seconds * 1_000));
    expect(begun).toEqual([new Date(due).toISOString()]);
    // Away over the next due time and the whole day after it: one run makes up for it.
    await look(new Date(Date.parse(next) + 20 * 3_600_000));
    expect(begun).toHaveLength(2);
  });

  it('stay due while another run is live', async () => {
    const { align, actor, connection, start } = site();
    await align(at('01T12:00:00'));
    const { connectionId } = connection;
    await test.db.transaction((tx) =>
      requestRun(tx, actor, { connectionId, kind: 'group', apply: 'review', reason: 'MANUAL', groupIds: [] }, at('02T01:00:00')),
    );
    await expect(start(at('02T02:00:00'))).rejects.toThrow(RunInProgressError);
    await test.db.query(`UPDATE runs.sync_runs SET state = 'completed' WHERE connection_id = $1`, [connectionId]);
    expect(await start(at('02T04:00:00'))).toMatchObject({ reason: 'SCHEDULE' });
  });
});

describe('the alarm of an overdue run', () => {
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules, runs.follow_ups, runs.overdue_alarms CASCADE'));

  function watch({ connectionId, organisationId }: { connectionId: string; organisationId: string }) {
    const raise = (now: Date, { baselines = [], enabled = true }: { baselines?: DueWork[]; enabled?: boolean } = {}) =>
      test.db.transaction((tx) => {
        const connectionIds = enabled ? [connectionId] : [];
        return raiseOverdueAlarms(tx, { connectionIds, liveConnectionIds: connectionIds, baselines }, now);
      });
    const told = async () =>
      (
        await test.db.query<{ type: string; data: { organisationId: string; dueAt: string } }>(
          `SELECT event->>'type' AS type, event->'data' AS data
             FROM (SELECT id, convert_from(value, 'UTF8')::jsonb AS event FROM messaging.outbox WHERE key = $1) AS told
            WHERE event->>'type' IN ('rollcall.run.overdue', 'rollcall.run.begun') ORDER BY id`,
          [connectionId],
        )
      ).map(({ type, data }) => {
        expect(data.organisationId).toBe(organisationId);
        return `${type.split('.').at(-1)!} ${data.dueAt.slice(8, 19)}`;
      });
    return { raise, told };
  }

  it('is raised once after 30 minutes, whichever replica looks, and ends once when the run is asked for', async () => {
    const { align, connection, start } = site();
    const { raise, told } = watch(connection);
    await align(at('01T12:00:00'));
    expect(await raise(at('02T02:29:59'))).toBe(0);
    const raised = await Promise.all([1, 2, 3].map(() => raise(at('02T02:30:00'))));
    expect(raised.toSorted()).toEqual([0, 0, 1]);
    expect(await raise(at('04T12:00:00'))).toBe(0);
    await start(at('04T12:00:01'));
    await Promise.all([1, 2, 3].map(() => raise(at('04T12:00:10'))));
    expect(await told()).toEqual(['overdue 02T02:00:00', 'begun 02T02:00:00']);
  });

  it.each([
    ['is switched off', { schedule: null, enabled: true }],
    ['belongs to a connection that is not enabled any more', { enabled: false }],
  ] as const)('ends where the schedule %s', async (_what, { enabled, ...changed }) => {
    const { align, connection } = site();
    const { raise, told } = watch(connection);
    await align(at('01T12:00:00'));
    await raise(at('02T02:30:00'));
    if ('schedule' in changed) await align(at('02T02:31:00'), changed.schedule);
    await raise(at('02T02:31:00'), { enabled });
    await raise(at('02T02:32:00'), { enabled });
    expect(await told()).toEqual(['overdue 02T02:00:00', 'begun 02T02:00:00']);
  });

  it('does not end because somebody asks for a run that nobody takes up', async () => {
    const { align, actor, connection } = site();
    const { raise, told } = watch(connection);
    await align(at('01T12:00:00'));
    await raise(at('02T02:30:00'));
    const { connectionId } = connection;
    const ask = { connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL' } as const;
    await test.db.transaction((tx) => requestRun(tx, actor, ask, at('02T02:31:00')));
    await raise(at('02T02:31:10'));
    await raise(at('02T03:31:10'));
    expect(await told()).toEqual(['overdue 02T02:00:00']);
  });

  it.each(['requested', 'reading', 'comparing', 'approved', 'applying'])(
    'tells of a run that is %s and on which nobody works, and of its end',
    async (state) => {
      const { actor, connection } = site();
      const { raise, told } = watch(connection);
      const { connectionId } = connection;
      const ask = { connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL' } as const;
      await test.db.transaction((tx) => requestRun(tx, actor, ask, at('02T01:00:00')));
      await test.db.query('UPDATE runs.sync_runs SET state = $1', [state]);
      expect(await raise(at('02T01:29:59'))).toBe(0);
      await raise(at('02T01:30:00'));
      await test.db.query(`UPDATE runs.sync_runs SET lease_until = '2026-03-02T01:32:00Z'`);
      await raise(at('02T01:31:30'));
      await raise(at('02T02:01:59'));
      expect(await told()).toEqual(['overdue 02T01:00:00', 'begun 02T01:00:00']);
      await raise(at('02T02:02:00'));
      expect((await told()).at(-1), 'whoever took it up has died').toBe('overdue 02T01:32:00');
    },
  );

  it('tells of a plan that waits for a person never', async () => {
    const { actor, connection } = site();
    const { raise } = watch(connection);
    const ask = { connectionId: connection.connectionId, kind: 'full', apply: 'review', reason: 'MANUAL' } as const;
    await test.db.transaction((tx) => requestRun(tx, actor, ask, at('02T01:00:00')));
    await test.db.query(`UPDATE runs.sync_runs SET state = 'awaitingReview'`);
    expect(await raise(at('09T01:00:00'))).toBe(0);
  });

  it('tells of groups that nobody reads though they wait for it, unless another run of the connection goes first', async () => {
    const { actor, connection } = site();
    const { raise, told } = watch(connection);
    const { connectionId, organisationId } = connection;
    const baselines = [{ connectionId, organisationId, dueAt: at('02T01:00:00') }];
    expect(await raise(at('02T01:29:59'), { baselines })).toBe(0);
    const ask = { connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL' } as const;
    await test.db.transaction((tx) => requestRun(tx, actor, ask, at('02T01:10:00')));
    expect(await raise(at('02T01:30:00'), { baselines })).toBe(0);
    await test.db.query(`UPDATE runs.sync_runs SET state = 'completed'`);
    expect(await raise(at('02T01:30:10'), { baselines })).toBe(1);
    await raise(at('02T01:31:00'));
    expect(await told()).toEqual(['overdue 02T01:00:00', 'begun 02T01:00:00']);
    await test.db.query(
      `INSERT INTO runs.follow_ups (connection_id, group_id, organisation_id, reason, due_at) VALUES ($1, $2, $3, 'SETTLED', $4)`,
      [connectionId, randomUUID(), organisationId, at('02T03:00:00')],
    );
    expect(await raise(at('02T03:30:00'))).toBe(1);
  });
});
