import type { Queryable } from '#database';
import { countAwaited } from '../applying/unanswered-pages.js';
import type { SyncRun, Undoes } from '../run.js';

/**
 * Whether pages that the undone run published, or that any run did before the end of the undone span, are on their way to
 * provisioning. A completed run has waited for them itself; one that was cancelled or failed while it applied has not.
 */
export async function isStillBeingApplied(db: Queryable, { connectionId }: SyncRun, target: Undoes, now: Date): Promise<boolean> {
  const [runId, to] = 'runId' in target ? [target.runId, null] : [null, target.to];
  const unsettled = await db.query<{ id: string }>(
    `SELECT id FROM runs.sync_runs
     WHERE connection_id = $1 AND state IN ('cancelled', 'failed') AND NOT is_settled AND applying_at IS NOT NULL
       AND (id = $2 OR applying_at < $3::timestamptz)`,
    [connectionId, runId, to],
  );
  for (const { id } of unsettled) if ((await countAwaited(db, id, now)) > 0) return true;
  return false;
}
