import type { Queryable, Tx } from '#database';
import { requestRun } from '../requesting/request-run.js';
import type { RunActor, SyncRun } from '../run.js';
import { nextDue, type Schedule } from './next-due.js';

export interface ScheduledConnection {
  readonly connectionId: string;
  readonly organisationId: string;
  /** Null: manual only. */
  readonly schedule: Schedule | null;
}

/** Brings the due times in line with the settings: new and changed schedules are computed from now, others keep theirs. */
export async function alignSchedules(tx: Tx, connections: readonly ScheduledConnection[], now: Date): Promise<void> {
  const scheduled = connections.flatMap(({ connectionId, organisationId, schedule }) =>
    schedule === null ? [] : [{ connectionId, organisationId, schedule, nextDueAt: nextDue(schedule, now) }],
  );
  await tx.query(`DELETE FROM runs.schedules WHERE connection_id <> ALL ($1::uuid[])`, [
    scheduled.map(({ connectionId }) => connectionId),
  ]);
  await tx.query(
    `INSERT INTO runs.schedules AS s (connection_id, organisation_id, schedule, next_due_at)
     SELECT "connectionId", "organisationId", schedule, "nextDueAt"
     FROM jsonb_to_recordset($1::jsonb) AS given ("connectionId" uuid, "organisationId" uuid, schedule jsonb, "nextDueAt" timestamptz)
     ORDER BY 1
     ON CONFLICT (connection_id) DO UPDATE SET schedule = EXCLUDED.schedule, next_due_at = EXCLUDED.next_due_at
       WHERE s.schedule <> EXCLUDED.schedule`,
    [JSON.stringify(scheduled)],
  );
}

export interface DueSchedule {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly schedule: Schedule;
  readonly dueAt: Date;
}

export async function dueSchedules(db: Queryable, now: Date): Promise<DueSchedule[]> {
  return db.query(
    `SELECT connection_id AS "connectionId", organisation_id AS "organisationId", schedule, next_due_at AS "dueAt"
     FROM runs.schedules WHERE next_due_at <= $1 ORDER BY next_due_at, connection_id LIMIT 1000`,
    [now],
  );
}

/**
 * Requests the run of a due time, once whichever replica comes first; null for the others. What was missed meanwhile is caught up by
 * this one run: the next due time is computed from now. Throws `RunInProgressError` while another run is live: it stays due.
 */
export async function startScheduledRun(tx: Tx, actor: RunActor, due: DueSchedule, now: Date): Promise<SyncRun | null> {
  const moved = await tx.query(
    'UPDATE runs.schedules SET next_due_at = $3 WHERE connection_id = $1 AND next_due_at = $2 RETURNING 1',
    [due.connectionId, due.dueAt, nextDue(due.schedule, now)],
  );
  if (moved.length === 0) return null;
  const request = { connectionId: due.connectionId, kind: 'full', apply: 'automatic', reason: 'SCHEDULE' } as const;
  return requestRun(tx, actor, request, now);
}
