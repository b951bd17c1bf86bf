import type { ChainRead } from './chain-read.js';

/**
 * The link is of no use any more (Graph sheet 3.4). An interrupted long round begins again from the link before it; else the chain
 * begins anew at "now", and everything behind it is read by a baseline: an enumeration after a reset has no tombstones, so it is
 * never compared here.
 */
export async function resetChain({ chain, context, lease }: ChainRead): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lease.assert(tx);
    await tx.query(`DELETE FROM watch.staged_members WHERE chain_id = $1`, [chain.id]);
    if (chain.nextLink !== null) {
      await tx.query(
        `UPDATE watch.chains SET next_link = NULL, round_due_seq = NULL, round_noticed_at = NULL, lease_owner = NULL, lease_until = NULL
          WHERE id = $1`,
        [chain.id],
      );
    } else {
      await tx.query(
        `UPDATE watch.chains SET link = NULL, baseline_reason = 'DELTA_EXPIRED', lease_owner = NULL, lease_until = NULL WHERE id = $1`,
        [chain.id],
      );
    }
  });
  context.log.warn(
    { connectionId: chain.connectionId, chainId: chain.id, kind: chain.kind },
    'the delta link is of no use any more; beginning anew',
  );
}
