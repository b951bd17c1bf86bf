import { lockNamed, type Queryable, type Tx } from '#database';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { WatchContext } from '../watch-context.js';
import { openChain } from './open-chain.js';
import { retireEmptyChains } from './reconcile-chains.js';
import { MAX_GROUPS_PER_CHAIN, planMerge, type MergeableChain } from './plan-chains.js';

/** Live connections in which a chain waits to stand for others, or whose smallest two would fit into one. */
export async function findMergeable(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `WITH several AS (
       SELECT connection_id FROM watch.chains WHERE kind = 'groups' AND state = 'live' GROUP BY 1 HAVING count(*) > 1),
     sized AS (
       SELECT c.connection_id, (SELECT count(*) FROM watch.groups g WHERE g.chain_id = c.id) AS groups
         FROM watch.chains c JOIN several USING (connection_id) WHERE c.kind = 'groups' AND c.state = 'live'),
     mergeable AS (
       SELECT connection_id FROM watch.chains WHERE state = 'overlapping'
       UNION SELECT connection_id FROM sized GROUP BY 1
              HAVING (array_agg(groups ORDER BY groups))[1] + (array_agg(groups ORDER BY groups))[2] <= ${MAX_GROUPS_PER_CHAIN})
     SELECT connection_id AS id FROM mergeable JOIN watch.watched_connections w USING (connection_id) WHERE w.live ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

/** Joins small chains of a connection in the background: one step each time, harmless to repeat. */
export async function mergeChains(context: WatchContext, connectionId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockNamed(tx, `watch.chains:${connectionId}`);
    await switchOverlapping(tx, context, connectionId);
    await retireEmptyChains(tx, connectionId);
    await openMergedChain(tx, context, connectionId);
  });
}

/**
 * A new chain has its link for `settle`, while the old ones were read beside it: now it stands for their groups. It is due at once
 * and reports again what the old ones have seen meanwhile, which changes nothing. Chains in the middle of a long round are waited for,
 * unless a run from scratch has read all that they could tell.
 */
async function switchOverlapping(tx: Tx, { timings, log }: WatchContext, connectionId: string): Promise<void> {
  const ready = await tx.query<{ id: string; replaces: string[] }>(
    `SELECT c.id, c.replaces FROM watch.chains c
      WHERE c.connection_id = $1 AND c.state = 'overlapping' AND c.link IS NOT NULL
        AND c.link_taken_at + $2 * interval '1 millisecond' <= now()
        AND (c.anew_state IS NOT DISTINCT FROM 'read' OR NOT EXISTS (
          SELECT 1 FROM watch.chains o WHERE o.id = ANY (c.replaces) AND (o.next_link IS NOT NULL OR o.link IS NULL)))
      FOR NO KEY UPDATE`,
    [connectionId, timings.settleMs],
  );
  for (const chain of ready) {
    await tx.query(
      `UPDATE watch.chains SET state = 'retired', lease_token = lease_token + 1, lease_owner = NULL, lease_until = NULL
        WHERE id = ANY ($1::uuid[])`,
      [chain.replaces],
    );
    await tx.query(`UPDATE watch.chains SET state = 'live', replaces = '{}' WHERE id = $1`, [chain.id]);
    await tx.query(`UPDATE watch.groups SET chain_id = $1 WHERE chain_id = ANY ($2::uuid[])`, [chain.id, chain.replaces]);
    await tx.query(
      `UPDATE watch.due_marks SET due_seq = due_seq + 1, unread = true, noticed_at = now(), last_notice_at = now(), traceparent = NULL
        WHERE chain_id = $1`,
      [chain.id],
    );
    log.info({ connectionId, chainId: chain.id, replaced: chain.replaces.length }, 'a new chain stands for the old ones');
  }
  if (ready.length > 0) await nudge(tx, WATCH_CHANNELS.due, WATCH_CHANNELS.directory);
}

async function openMergedChain(tx: Tx, { timings }: WatchContext, connectionId: string): Promise<void> {
  // Young chains wait: groups are often added one by one.
  const chains = await tx.query<MergeableChain & { organisationId: string }>(
    `SELECT c.id, c.organisation_id AS "organisationId", (SELECT count(*) FROM watch.groups g WHERE g.chain_id = c.id) AS groups
       FROM watch.chains c
      WHERE c.connection_id = $1 AND c.kind = 'groups' AND c.state = 'live' AND c.link IS NOT NULL AND c.next_link IS NULL
        AND c.created_at + $2 * interval '1 millisecond' <= now()
        AND NOT EXISTS (SELECT 1 FROM watch.chains o WHERE o.connection_id = $1 AND o.kind = 'groups' AND o.state = 'overlapping')`,
    [connectionId, timings.settleMs],
  );
  const merged = planMerge(chains);
  const [first] = chains;
  if (merged.length === 0 || first === undefined) return;
  const groups = await tx.query<{ group_id: string }>(
    `SELECT group_id FROM watch.groups WHERE chain_id = ANY ($1::uuid[]) ORDER BY group_id`,
    [merged],
  );
  await openChain(tx, {
    connectionId,
    organisationId: first.organisationId,
    kind: 'groups',
    groupIds: groups.map((group) => group.group_id),
    replaces: merged,
  });
  await nudge(tx, WATCH_CHANNELS.due);
}
