import { isDeepStrictEqual } from 'node:util';
import { tryLockNamed, type Queryable, type Tx } from '#database';
import { requestRun } from '../requesting/request-run.js';
import type { RunActor, SyncRun } from '../run.js';
import { nextDue, type Schedule } from './next-due.js';

export interface ScheduledConnection {
  readonly connectionId: string;
  readonly organisationId: string;
  /** Null: manual only. */
  readonly schedule: Schedule | null;
  /** Since when it is so, or earlier. */
  readonly changedAt: Date;
}

/**
 * Brings the due times in line with the settings. New and changed schedules are computed from when they were set, however long ago
 * that is, so that a due time right after the change is kept; what was due before a change and has not begun stays due. The settings
 * are read under a lock: what one replica read a moment ago must not undo what another one has seen meanwhile. Null where another
 * replica is at it; else what was read.
 */
export async function alignSchedules<Connection extends ScheduledConnection>(
  tx: Tx,
  read: (tx: Tx) => Promise<readonly Connection[]>,
  now: Date,
): Promise<readonly Connection[] | null> {
  if (!(await tryLockNamed(tx, 'align-schedules'))) return null;
  const connections = await read(tx);
  const kept = await tx.query<{ id: string; schedule: Schedule }>('SELECT connection_id AS id, schedule FROM runs.schedules');
  const known = new Map(kept.map(({ id, schedule }) => [id, schedule]));
  const wanted = new Map(connections.map(({ connectionId, schedule }) => [connectionId, schedule]));
  const news = connections.flatMap(({ connectionId, organisationId, schedule, changedAt }) => {
    if (schedule === null || isDeepStrictEqual(schedule, known.get(connectionId))) return [];
    const since = changedAt < now ? changedAt : now;
    return [{ connectionId, organisationId, schedule, since, nextDueAt: nextDue(schedule, since) }];
  });
  const gone = kept.filter(({ id }) => (wanted.get(id) ?? null) === null).map(({ id }) => id);
  if (gone.length > 0) await tx.query('DELETE FROM runs.schedules WHERE connection_id = ANY ($1::uuid[])', [gone]);
  if (news.length > 0) {
    await tx.query(CHANGED, [JSON.stringify(news)]);
    await tx.query(NEW, [JSON.stringify(news)]);
  }
  return connections;
}

const GIVEN = `
  SELECT * FROM jsonb_to_recordset($1::jsonb)
    AS g ("connectionId" uuid, "organisationId" uuid, schedule jsonb, since timestamptz, "nextDueAt" timestamptz)`;

const CHANGED = `
  UPDATE runs.schedules s
     SET schedule = g.schedule, next_due_at = CASE WHEN s.next_due_at <= g.since THEN s.next_due_at ELSE g."nextDueAt" END
    FROM (${GIVEN}) AS g
   WHERE s.connection_id = g."connectionId" AND s.schedule <> g.schedule`;

const NEW = `
  INSERT INTO runs.schedules (connection_id, organisation_id, schedule, next_due_at)
  SELECT "connectionId", "organisationId", schedule, "nextDueAt" FROM (${GIVEN}) AS g ORDER BY 1
  ON CONFLICT (connection_id) DO NOTHING`;

export interface DueSchedule {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly schedule: Schedule;
  readonly dueAt: Date;
}

/** What is due of these connections: the others keep their due times. */
export async function dueSchedules(db: Queryable, connectionIds: readonly string[], now: Date): Promise<DueSchedule[]> {
  return db.query(
    `SELECT connection_id AS "connectionId", organisation_id AS "organisationId", schedule, next_due_at AS "dueAt"
     FROM runs.schedules WHERE next_due_at <= $1 AND connection_id = ANY ($2::uuid[]) ORDER BY next_due_at, connection_id LIMIT 1000`,
    [now, connectionIds],
  );
}

/**
 * Requests the run of a due time, once whichever replica comes first; null for the others, and where the schedule was changed
 * meanwhile. What was missed meanwhile is caught up by this one run: the next due time lies after now. Throws `RunInProgressError`
 * while another run is live: it stays due.
 */
export async function startScheduledRun(tx: Tx, actor: RunActor, due: DueSchedule, now: Date): Promise<SyncRun | null> {
  const moved = await tx.query(
    'UPDATE runs.schedules SET next_due_at = $3 WHERE connection_id = $1 AND next_due_at = $2 AND schedule = $4 RETURNING 1',
    [due.connectionId, due.dueAt, nextDue(due.schedule, now, due.dueAt), JSON.stringify(due.schedule)],
  );
  if (moved.length === 0) return null;
  const request = { connectionId: due.connectionId, kind: 'full', apply: 'automatic', reason: 'SCHEDULE' } as const;
  return requestRun(tx, actor, request, now);
}
