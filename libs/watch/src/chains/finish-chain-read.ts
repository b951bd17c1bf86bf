import type { Tx } from '#database';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { ChainRead } from './chain-read.js';

/** Sweeps in a row that found changes without any notice, after which notices are taken to have stopped. */
export const SWEEPS_IN_VAIN_UNTIL_DEGRADED = 2;

/**
 * The round is complete: the new link, the due mark that it answers, and the lease given back, in the transaction of its facts.
 * `changes` that nothing announced are kept as early finds, until their notice comes or counts as missed.
 */
export async function finishChainRead(
  tx: Tx,
  { chain, readNo, context }: ChainRead,
  deltaLink: string,
  changes: number,
): Promise<void> {
  const unannounced = changes > 0 && chain.noticedAt === null;
  const [row] = await tx.query<{ sweeps_in_vain: number }>(
    `UPDATE watch.chains SET link = $2, next_link = NULL, round_due_seq = NULL, round_noticed_at = NULL,
       read_seq = GREATEST(read_seq, $3), read_no = $4, read_at = now(), failures = 0, failure_code = NULL, retry_at = NULL,
       sweeps_in_vain = sweeps_in_vain + $5, lease_owner = NULL, lease_until = NULL
     WHERE id = $1 RETURNING sweeps_in_vain`,
    [chain.id, deltaLink, chain.dueSeq, readNo, unannounced ? 1 : 0],
  );
  if (!unannounced) return;
  await tx.query(
    `INSERT INTO watch.early_finds (chain_id, connection_id, read_no, changes, found_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (chain_id, read_no) DO NOTHING`,
    [chain.id, chain.connectionId, readNo, changes],
  );
  if ((row?.sweeps_in_vain ?? 0) >= SWEEPS_IN_VAIN_UNTIL_DEGRADED) await degrade(tx, chain.connectionId, context.log);
}

/** Without subscriptions no notice can come, so their absence means nothing. */
async function degrade(tx: Tx, connectionId: string, log: ChainRead['context']['log']): Promise<void> {
  const degraded = await tx.query(
    `UPDATE watch.watched_connections SET degraded_since = now(), keeper_due_at = now()
      WHERE connection_id = $1 AND mode IN ('perGroup', 'perTenant') AND degraded_since IS NULL RETURNING 1`,
    [connectionId],
  );
  if (degraded.length === 0) return;
  await tx.query(`UPDATE watch.subscriptions SET reauthorize = true WHERE connection_id = $1`, [connectionId]);
  await nudge(tx, WATCH_CHANNELS.keeper);
  log.warn(
    { connectionId },
    'sweeps find changes that no notification announced; sweeping more often until notifications return',
  );
}
