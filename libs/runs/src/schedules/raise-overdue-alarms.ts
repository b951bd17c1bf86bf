import { randomUUID } from 'node:crypto';
import { buildEvent, runOverdueV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';

const OVERDUE_AFTER_MS = 30 * 60 * 1000;

interface Overdue {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly dueAt: Date;
}

/**
 * Tells of scheduled runs that were due 30 minutes ago and were not even asked for, and of runs that were asked for then and have not
 * begun; once for each due time. Call it from another process than full-sync: whoever should have worked cannot be trusted to say
 * that it did not. Any number of replicas may. Answers how many alarms were raised.
 */
export async function raiseOverdueAlarms(tx: Tx, now: Date): Promise<number> {
  const before = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const overdue = [...(await tx.query<Overdue>(DUE, [before])), ...(await tx.query<Overdue>(ASKED_FOR, [before, now]))];
  const records = overdue.map(({ connectionId, organisationId, dueAt }) => {
    const identity = { id: randomUUID(), source: '/rollcall/admin-api', key: connectionId, time: now };
    const event = buildEvent(runOverdueV1, identity, { organisationId, connectionId, dueAt: dueAt.toISOString() });
    return { topic: TOPICS.syncRuns.name, key: connectionId, event };
  });
  await enqueue(tx, records);
  return records.length;
}

const DUE = `
  UPDATE runs.schedules SET alarmed_due_at = next_due_at
   WHERE next_due_at <= $1 AND alarmed_due_at IS DISTINCT FROM next_due_at
  RETURNING connection_id AS "connectionId", organisation_id AS "organisationId", next_due_at AS "dueAt"`;

const ASKED_FOR = `
  UPDATE runs.sync_runs SET alarmed_at = $2
   WHERE state = 'requested' AND requested_at <= $1 AND alarmed_at IS NULL
  RETURNING connection_id AS "connectionId", organisation_id AS "organisationId", requested_at AS "dueAt"`;
