import { randomUUID } from 'node:crypto';
import { buildEvent, runOverdueV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';

const OVERDUE_AFTER_MS = 30 * 60 * 1000;

/**
 * Tells of scheduled runs that were due 30 minutes ago and have not begun, once per due time. Call it from another process than
 * full-sync: whoever should have worked cannot be trusted to say that it did not.
 */
export async function raiseOverdueAlarms(tx: Tx, now: Date): Promise<number> {
  const overdue = await tx.query<{ connectionId: string; organisationId: string; dueAt: Date }>(
    `UPDATE runs.schedules SET alarmed_due_at = next_due_at
     WHERE next_due_at <= $1 AND alarmed_due_at IS DISTINCT FROM next_due_at
     RETURNING connection_id AS "connectionId", organisation_id AS "organisationId", next_due_at AS "dueAt"`,
    [new Date(now.getTime() - OVERDUE_AFTER_MS)],
  );
  const records = overdue.map(({ connectionId, organisationId, dueAt }) => {
    const identity = { id: randomUUID(), source: '/rollcall/full-sync', key: connectionId, time: now };
    const event = buildEvent(runOverdueV1, identity, { organisationId, connectionId, dueAt: dueAt.toISOString() });
    return { topic: TOPICS.syncRuns.name, key: connectionId, event };
  });
  await enqueue(tx, records);
  return records.length;
}
