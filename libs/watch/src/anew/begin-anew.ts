import { EVERYBODY } from '#contracts';
import { lockNamed, type Tx } from '#database';
import { openChain } from '../chains/open-chain.js';
import { nudge, WATCH_CHANNELS } from '../channels.js';

interface Owner {
  readonly connectionId: string;
  readonly organisationId: string;
}

/**
 * New delta links and new subscriptions for a connection, on behalf of a run that reads everything once they are there. New chains
 * take their links while the old ones are read on, and stand for them when `settle` has passed; subscriptions follow one by one.
 * True once the new links are taken: whoever reads after that misses nothing. Safe to repeat. A connection whose live sync rests
 * only forgets its links: it begins anew, with a baseline, when it is live again.
 */
export async function beginAnew(tx: Tx, owner: Owner, runId: string): Promise<boolean> {
  const { connectionId } = owner;
  await lockNamed(tx, `watch.chains:${connectionId}`);
  const [watched] = await tx.query<{ live: boolean }>('SELECT live FROM watch.watched_connections WHERE connection_id = $1', [
    connectionId,
  ]);
  if (watched === undefined) return true;
  if (!watched.live) {
    await forgetLinks(tx, connectionId);
    return true;
  }
  const begun = await tx.query('SELECT 1 FROM watch.chains WHERE anew_run_id = $1', [runId]);
  if (begun.length === 0) await openNewChains(tx, owner, runId);
  return haveLinks(tx, runId);
}

/**
 * The run has read all groups but these after the new links were taken: so the new chains of the others need not wait for old ones that
 * are broken or in the middle of a round.
 */
export async function endAnew(tx: Tx, runId: string, unreadGroupIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE watch.chains SET anew_state = 'read' WHERE anew_run_id = $1 AND anew_state = 'linked' AND NOT group_ids && $2::text[]
        AND NOT (kind = 'users' AND $3 = ANY ($2::text[]))`,
    [runId, unreadGroupIds, EVERYBODY],
  );
}

async function openNewChains(tx: Tx, { connectionId, organisationId }: Owner, runId: string): Promise<void> {
  // What was about to take the place of others stands for nothing yet.
  await tx.query(
    `UPDATE watch.chains SET state = 'retired', lease_token = lease_token + 1, lease_owner = NULL, lease_until = NULL
      WHERE connection_id = $1 AND state = 'overlapping'`,
    [connectionId],
  );
  const chains = await tx.query<{ id: string; kind: 'groups' | 'users'; groupIds: string[]; properties: string[] }>(
    `SELECT c.id, c.kind, c.properties,
            ARRAY(SELECT g.group_id FROM watch.groups g WHERE g.chain_id = c.id ORDER BY g.group_id) AS "groupIds"
       FROM watch.chains c WHERE c.connection_id = $1 AND c.state = 'live' ORDER BY c.created_at, c.id`,
    [connectionId],
  );
  for (const { id, kind, groupIds, properties } of chains) {
    if (kind === 'groups' && groupIds.length === 0) continue;
    await openChain(tx, { connectionId, organisationId, kind, groupIds, properties, replaces: [id], anewRunId: runId });
  }
  await tx.query('UPDATE watch.subscriptions SET make_anew = true WHERE connection_id = $1 AND graph_id IS NOT NULL', [
    connectionId,
  ]);
  await tx.query('UPDATE watch.watched_connections SET keeper_due_at = now() WHERE connection_id = $1', [connectionId]);
  await nudge(tx, WATCH_CHANNELS.due, WATCH_CHANNELS.keeper);
}

async function haveLinks(tx: Tx, runId: string): Promise<boolean> {
  await tx.query(
    `UPDATE watch.chains SET anew_state = 'linked' WHERE anew_run_id = $1 AND anew_state = 'asked' AND link IS NOT NULL`,
    [runId],
  );
  const waiting = await tx.query(
    `SELECT 1 FROM watch.chains WHERE anew_run_id = $1 AND anew_state = 'asked' AND state <> 'retired' LIMIT 1`,
    [runId],
  );
  return waiting.length === 0;
}

async function forgetLinks(tx: Tx, connectionId: string): Promise<void> {
  await tx.query(`DELETE FROM watch.staged_members WHERE chain_id IN (SELECT id FROM watch.chains WHERE connection_id = $1)`, [
    connectionId,
  ]);
  await tx.query(
    `UPDATE watch.chains SET link = NULL, next_link = NULL, round_due_seq = NULL, round_noticed_at = NULL,
       baseline_reason = 'DELTA_EXPIRED', failures = 0, failure_code = NULL, retry_at = NULL, lease_token = lease_token + 1,
       lease_owner = NULL, lease_until = NULL
      WHERE connection_id = $1 AND state <> 'retired'`,
    [connectionId],
  );
}
