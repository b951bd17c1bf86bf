import { EVERYBODY } from '#contracts';
import { requestBaselines, type BaselineReason } from '../baselines/baselines.js';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { ChainRead } from './chain-read.js';
import { isEverybodyWatched } from './is-everybody-watched.js';

/**
 * Takes the link of "now". What was before it is read by a baseline: of the groups, and of everybody where the whole tenant is in
 * scope, by a sync run; else of people by reading the attributes of all principals anew. A chain that will replace others needs none: those are read until it does.
 */
export async function startChain(read: ChainRead): Promise<void> {
  const { chain, graph, context, lease } = read;
  const { deltaLink } = chain.kind === 'groups' ? await graph.groupsDeltaLatest(chain.groupIds) : await graph.usersDeltaLatest();
  await context.db.transaction(async (tx) => {
    await lease.assert(tx);
    await tx.query(
      `UPDATE watch.chains SET link = $2, link_taken_at = now(), next_link = NULL, round_due_seq = NULL, round_noticed_at = NULL,
         baseline_reason = NULL, read_no = $3, read_at = now(), failures = 0, failure_code = NULL, retry_at = NULL,
         lease_owner = NULL, lease_until = NULL
       WHERE id = $1`,
      [chain.id, deltaLink, read.readNo],
    );
    if (chain.state === 'overlapping') return;
    if (chain.kind === 'groups') {
      const groups = await tx.query<{ group_id: string }>(`SELECT group_id FROM watch.groups WHERE chain_id = $1`, [chain.id]);
      const reason = (chain.baselineReason ?? 'NEW_GROUP') as BaselineReason;
      await requestBaselines(
        tx,
        chain,
        groups.map((group) => group.group_id),
        reason,
      );
    } else if (await isEverybodyWatched(tx, chain.connectionId)) {
      await requestBaselines(tx, chain, [EVERYBODY], (chain.baselineReason ?? 'NEW_GROUP') as BaselineReason);
    } else if (chain.baselineReason !== null) {
      await tx.query(
        `UPDATE watch.principals SET state = 'pending', attempts = 0, retry_at = now(), noticed_at = NULL,
           traceparent = NULL WHERE connection_id = $1`,
        [chain.connectionId],
      );
      await nudge(tx, WATCH_CHANNELS.principals);
    }
  });
}
