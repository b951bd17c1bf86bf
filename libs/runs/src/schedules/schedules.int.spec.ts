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
} from '#runs';

const test = withDatabase([messagingMigrations, runsMigrations]);
const at = (text: string) => new Date(`2026-03-${text}Z`);

function site() {
  const connection = { connectionId: randomUUID(), organisationId: randomUUID(), schedule: { at: '02:00', zone: 'UTC' } };
  const actor = { kind: 'system', id: 'full-sync', organisationId: connection.organisationId } as const;
  const align = (now: Date, schedule: { at: string; zone: string } | null = connection.schedule) =>
    test.db.transaction((tx) => alignSchedules(tx, [{ ...connection, schedule }], now));
  const start = async (now: Date) => {
    const [due] = await dueSchedules(test.db, now);
    return due === undefined ? undefined : test.db.transaction((tx) => startScheduledRun(tx, actor, due, now));
  };
  return { connection, actor, align, start };
}

describe('scheduled runs', () => {
  beforeEach(() => test.db.query('TRUNCATE runs.sync_runs, runs.schedules CASCADE'));

  it('begin once per due time, whichever replicas look at once', async () => {
    const { align, actor, connection } = site();
    await align(at('01T12:00:00'));
    expect(await dueSchedules(test.db, at('02T01:59:59'))).toEqual([]);
    const [due] = await dueSchedules(test.db, at('02T02:00:00'));
    const started = await Promise.all(
      [1, 2, 3].map(() => test.db.transaction((tx) => startScheduledRun(tx, actor, due!, at('02T02:00:00')))),
    );
    expect(started.filter((run) => run !== null)).toHaveLength(1);
    expect(started.find((run) => run !== null)).toMatchObject({ connectionId: connection.connectionId, reason: 'SCHEDULE' });
    expect(await dueSchedules(test.db, at('02T23:00:00'))).toEqual([]);
  });

  it('that were missed for five days are caught up once', async () => {
    const { align, start } = site();
    await align(at('01T12:00:00'));
    expect(await start(at('06T15:00:00'))).toMatchObject({ reason: 'SCHEDULE' });
    expect(await start(at('06T15:00:01'))).toBeUndefined();
    expect((await dueSchedules(test.db, at('07T02:00:00'))).map(({ dueAt }) => dueAt)).toEqual([at('07T02:00:00')]);
  });

  it('keep their due time over a restart around it, and follow a changed schedule', async () => {
    const { align } = site();
    await align(at('01T12:00:00'));
    await align(at('02T02:00:01'));
    expect(await dueSchedules(test.db, at('02T02:00:01'))).toHaveLength(1);
    await align(at('02T02:00:02'), { at: '05:00', zone: 'UTC' });
    expect(await dueSchedules(test.db, at('02T04:59:59'))).toEqual([]);
    await align(at('02T02:00:03'), null);
    expect(await dueSchedules(test.db, at('09T00:00:00'))).toEqual([]);
  });

  it.each([
    ['02:30 does not exist', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ['02:30 exists twice', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['a leap month ends', '2028-02-28T12:00:00Z', '2028-02-29T01:30:00Z', '2028-03-01T01:30:00Z'],
  ])('begin once on the day when %s, whenever the service restarts around it', async (_what, before, due, next) => {
    const { connectionId, organisationId } = site().connection;
    const schedule = { at: '02:30', zone: 'Europe/Rome' };
    const restart = (now: Date) =>
      test.db.transaction((tx) => alignSchedules(tx, [{ connectionId, organisationId, schedule }], now));
    const begun: string[] = [];
    const look = async (now: Date) => {
      await restart(now);
      for (const found of await dueSchedules(test.db, now)) {
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

  it('stay due while another run is live, and after 30 minutes an alarm is raised once', async () => {
    const { align, actor, connection, start } = site();
    await align(at('01T12:00:00'));
    const { connectionId } = connection;
    await test.db.transaction((tx) =>
      requestRun(tx, actor, { connectionId, kind: 'group', apply: 'review', reason: 'MANUAL', groupIds: [] }, at('02T01:00:00')),
    );
    await test.db.query(`UPDATE runs.sync_runs SET state = 'reading' WHERE connection_id = $1`, [connectionId]);
    await expect(start(at('02T02:00:00'))).rejects.toThrow(RunInProgressError);
    const raise = (now: Date) => test.db.transaction((tx) => raiseOverdueAlarms(tx, now));
    expect(await raise(at('02T02:29:59'))).toBe(0);
    expect(await raise(at('02T02:30:00'))).toBe(1);
    expect(await raise(at('02T02:31:00'))).toBe(0);
  });

  it('that were asked for and do not begin raise an alarm too, once, whichever replica looks', async () => {
    const { actor, connection } = site();
    const { connectionId } = connection;
    const ask = { connectionId, kind: 'full', apply: 'automatic', reason: 'MANUAL' } as const;
    await test.db.transaction((tx) => requestRun(tx, actor, ask, at('02T01:00:00')));
    const raise = (now: Date) => test.db.transaction((tx) => raiseOverdueAlarms(tx, now));
    expect(await raise(at('02T01:29:59'))).toBe(0);
    const raised = await Promise.all([1, 2, 3].map(() => raise(at('02T01:30:00'))));
    expect(raised.toSorted()).toEqual([0, 0, 1]);
    const told = await test.db.query<{ data: unknown }>(
      `SELECT convert_from(value, 'UTF8')::jsonb->'data' AS data FROM messaging.outbox WHERE key = $1 AND convert_from(value, 'UTF8') LIKE '%run.overdue%'`,
      [connectionId],
    );
    expect(told).toEqual([
      { data: { organisationId: connection.organisationId, connectionId, dueAt: '2026-03-02T01:00:00.000Z' } },
    ]);
  });
});
