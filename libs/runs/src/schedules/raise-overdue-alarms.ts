import { randomUUID } from 'node:crypto';
import { buildEvent, runBegunV1, runOverdueV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';

const OVERDUE_AFTER_MS = 30 * 60 * 1000;

/** Work for which full-sync has to request a run. */
export interface DueWork {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly dueAt: Date;
}

export interface ExpectedRuns {
  /** Connections whose scheduled runs are to begin when they are due. */
  readonly connectionIds: readonly string[];
  /** Those of which follow-ups are, too. */
  readonly liveConnectionIds: readonly string[];
  /** Groups that wait for their first picture, or for another one. */
  readonly baselines: readonly DueWork[];
}

/**
 * Tells of connections with a run that was due 30 minutes ago and that nobody has asked for, or has asked for and nobody works on; once
 * while it lasts, and once that it is over: the run has begun, or need not any more. Call it from another process than full-sync: whoever
 * should have worked cannot be trusted to say that it did not. Any number of replicas may. Answers how many alarms were raised.
 */
export async function raiseOverdueAlarms(
  tx: Tx,
  { connectionIds, liveConnectionIds, baselines }: ExpectedRuns,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const overdue = JSON.stringify(
    await tx.query<DueWork>(OVERDUE, [before, connectionIds, JSON.stringify(baselines), liveConnectionIds]),
  );
  const over = await tx.query<DueWork>(END, [overdue]);
  const raised = await tx.query<DueWork>(RAISE, [overdue, now]);
  await enqueue(tx, [
    ...over.map((alarm) => recordOf(runBegunV1, alarm, now)),
    ...raised.map((alarm) => recordOf(runOverdueV1, alarm, now)),
  ]);
  return raised.length;
}

function recordOf(
  definition: typeof runOverdueV1 | typeof runBegunV1,
  { connectionId, organisationId, dueAt }: DueWork,
  time: Date,
) {
  const identity = { id: randomUUID(), source: '/rollcall/admin-api', key: connectionId, time };
  const event = buildEvent(definition, identity, { organisationId, connectionId, dueAt: dueAt.toISOString() });
  return { topic: TOPICS.syncRuns.name, key: connectionId, event };
}

// What a live run of the connection stands in the way of follows it by itself; only a schedule promises a time.
const OVERDUE = `
  WITH live AS (
    SELECT connection_id, organisation_id, wake_at, lease_until FROM runs.sync_runs
     WHERE state IN ('requested', 'reading', 'comparing', 'approved', 'applying')),
  due AS (
    SELECT connection_id, organisation_id, next_due_at AS due_at FROM runs.schedules WHERE connection_id = ANY ($2::uuid[])
    UNION ALL
    SELECT connection_id, organisation_id, GREATEST(wake_at, lease_until) FROM live
    UNION ALL
    SELECT w.connection_id, w.organisation_id, w.due_at FROM (
      SELECT connection_id, organisation_id, due_at FROM runs.follow_ups WHERE connection_id = ANY ($4::uuid[])
      UNION ALL
      SELECT "connectionId", "organisationId", "dueAt"
        FROM jsonb_to_recordset($3::jsonb) AS b ("connectionId" uuid, "organisationId" uuid, "dueAt" timestamptz)) AS w
     WHERE NOT EXISTS (SELECT 1 FROM live WHERE live.connection_id = w.connection_id))
  SELECT connection_id AS "connectionId", organisation_id AS "organisationId", min(due_at) AS "dueAt"
    FROM due WHERE due_at <= $1 GROUP BY 1, 2 ORDER BY 1`;

const GIVEN = `jsonb_to_recordset($1::jsonb) AS o ("connectionId" uuid, "organisationId" uuid, "dueAt" timestamptz)`;
const ALARM = `connection_id AS "connectionId", organisation_id AS "organisationId", due_at AS "dueAt"`;

const END = `
  DELETE FROM runs.overdue_alarms WHERE NOT EXISTS (SELECT 1 FROM ${GIVEN} WHERE o."connectionId" = connection_id)
  RETURNING ${ALARM}`;

const RAISE = `
  INSERT INTO runs.overdue_alarms (connection_id, organisation_id, due_at, raised_at)
  SELECT "connectionId", "organisationId", "dueAt", $2 FROM ${GIVEN} ORDER BY 1
  ON CONFLICT (connection_id) DO NOTHING RETURNING ${ALARM}`;
