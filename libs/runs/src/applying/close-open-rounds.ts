import type { Tx } from '#database';
import { closeRunRounds } from '#people';
import type { SyncRun } from '../run.js';

/**
 * A run that ends between two portions leaves rounds of removals whose last page never comes: they are closed, so that provisioning
 * keeps nothing of them waiting. A round that was published to its end is applied.
 */
export async function closeOpenRounds(tx: Tx, run: SyncRun, message: string, now: Date): Promise<void> {
  const open = await tx.query<{ roundId: string }>(
    `SELECT round_id AS "roundId" FROM runs.published_pages WHERE run_id = $1 AND round_id IS NOT NULL
     GROUP BY round_id HAVING NOT bool_or(is_counted) ORDER BY round_id`,
    [run.id],
  );
  const { organisationId, connectionId } = run;
  const closing = { organisationId, connectionId, runId: run.id, code: 'CANCELLED', message };
  await closeRunRounds(
    tx,
    closing,
    open.map(({ roundId }) => roundId),
    now,
  );
}
