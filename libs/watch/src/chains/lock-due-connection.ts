import type { Tx } from '#database';
import type { WatchContext } from '../watch-context.js';
import { IS_CLAIMABLE, IS_DUE, MAX_LEASES_PER_CONNECTION, NOTICED, PERHAPS_DUE, WAITING_LONGEST } from './due-chains.js';

/**
 * The connection with a due chain whose turn is the oldest. Where much is due it is among those that wait longest; where little is,
 * indexes lead to it: a look costs the same with ten connections and with ten thousand. Every other look goes to what notices have
 * told of, so that after an outage a notice does not wait for all the sweeps that are overdue, nor these for every notice.
 */
export async function lockDueConnection(
  tx: Tx,
  { timings, random }: Pick<WatchContext, 'timings' | 'random'>,
): Promise<string | null> {
  const looks = [...(random() < 0.5 ? [NOTICED] : []), WAITING_LONGEST, PERHAPS_DUE];
  for (const candidates of looks) {
    const found = await lockFirstOf(tx, candidates, timings);
    if (found !== null) return found;
  }
  return null;
}

async function lockFirstOf(
  tx: Tx,
  candidates: string,
  { sweepMs, degradedSweepMs, gatherMs }: WatchContext['timings'],
): Promise<string | null> {
  const [row] = await tx.query<{ connection_id: string }>(
    `WITH candidates AS MATERIALIZED (${candidates})
     UPDATE watch.watched_connections SET claimed_at = clock_timestamp() WHERE connection_id = (
       SELECT w.connection_id FROM watch.watched_connections w
        WHERE w.live AND (w.blocked_until IS NULL OR w.blocked_until <= now())
          AND w.connection_id IN (
            SELECT c.connection_id FROM candidates JOIN watch.chains c USING (id) JOIN watch.watched_connections w USING (connection_id)
                   LEFT JOIN watch.due_marks m ON m.chain_id = c.id
             WHERE ${IS_CLAIMABLE} AND ${IS_DUE})
          AND w.connection_id NOT IN (
            SELECT connection_id FROM watch.chains WHERE lease_until > now()
             GROUP BY connection_id HAVING count(*) >= ${MAX_LEASES_PER_CONNECTION})
        ORDER BY w.claimed_at LIMIT 1 FOR NO KEY UPDATE OF w SKIP LOCKED)
     RETURNING connection_id`,
    [sweepMs, degradedSweepMs, gatherMs],
  );
  return row?.connection_id ?? null;
}
