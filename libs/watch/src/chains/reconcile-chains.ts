import { EVERYBODY } from '#contracts';
import { forgetBaselines, requestBaselines } from '../baselines/baselines.js';
import { DirectoryPages } from '../pages/directory-pages.js';
import { publishPages } from '../pages/publish-pages.js';
import type { Tx } from '#database';
import { USER_SELECT } from '#graph-client';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import type { WatchContext } from '../watch-context.js';
import { nextReadNo } from './next-read-no.js';
import { openChain } from './open-chain.js';
import { planChains } from './plan-chains.js';

export interface Scope {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly groupIds: readonly string[];
  /** Everybody of the tenant is in scope, whatever groups they are in. */
  readonly everybody: boolean;
}

/**
 * Makes the chains of a connection stand for exactly the scope: its groups, and people by its users chain. Groups that left the
 * scope are published as `unwatched`; what would follow for people is decided, and held, by whoever applies that.
 * The connection's row must be locked by the caller, so that two processes do not open the same chain.
 */
export async function reconcileChains(tx: Tx, context: WatchContext, scope: Scope): Promise<void> {
  const watched = await tx.query<{ group_id: string }>(
    `SELECT group_id FROM watch.groups WHERE connection_id = $1 ORDER BY group_id`,
    [scope.connectionId],
  );
  const plan = planChains(
    scope.groupIds,
    watched.map((row) => row.group_id),
  );
  for (const groupIds of plan.newChains) {
    const chainId = await openChain(tx, { ...scope, kind: 'groups', groupIds });
    await tx.query(
      `INSERT INTO watch.groups (connection_id, group_id, chain_id) SELECT $1, id, $2 FROM unnest($3::text[]) AS id`,
      [scope.connectionId, chainId, groupIds],
    );
  }
  if (plan.unwatched.length > 0) await unwatch(tx, context, scope, plan.unwatched);
  const hasNewUsersChain = await ensureUsersChain(tx, scope);
  await watchEverybody(tx, scope);
  if (plan.newChains.length + plan.unwatched.length === 0 && !hasNewUsersChain) return;
  await tx.query(`UPDATE watch.watched_connections SET keeper_due_at = now() WHERE connection_id = $1`, [scope.connectionId]);
  await nudge(tx, WATCH_CHANNELS.due, WATCH_CHANNELS.directory, WATCH_CHANNELS.keeper);
}

async function unwatch(tx: Tx, { clock }: WatchContext, scope: Scope, groupIds: readonly string[]): Promise<void> {
  const now = clock();
  const read = {
    ...scope,
    readNo: await nextReadNo(tx),
    origin: 'read' as const,
    noticedAt: null,
    readStartedAt: now,
    readAt: now,
  };
  const pages = new DirectoryPages(read, 0);
  for (const groupId of groupIds) pages.group({ groupId, state: 'unwatched' });
  await publishPages(tx, pages);
  await forgetBaselines(tx, scope.connectionId, groupIds);
  await tx.query(`DELETE FROM watch.rechecks WHERE connection_id = $1 AND group_id = ANY ($2::text[])`, [
    scope.connectionId,
    groupIds,
  ]);
  await tx.query(`DELETE FROM watch.groups WHERE connection_id = $1 AND group_id = ANY ($2::text[])`, [
    scope.connectionId,
    groupIds,
  ]);
  await retireEmptyChains(tx, scope.connectionId);
}

/** A chain without groups is read no more; its token is raised, so that a reader who still holds it cannot commit. */
export async function retireEmptyChains(tx: Tx, connectionId: string): Promise<void> {
  await tx.query(
    `UPDATE watch.chains c SET state = 'retired', lease_token = lease_token + 1, lease_owner = NULL, lease_until = NULL
      WHERE connection_id = $1 AND kind = 'groups' AND state = 'live'
        AND NOT EXISTS (SELECT 1 FROM watch.groups g WHERE g.chain_id = c.id)`,
    [connectionId],
  );
}

/** One users chain per connection. Where other properties are wanted, a new chain takes its link and overlaps with the old one. */
async function ensureUsersChain(tx: Tx, scope: Scope): Promise<boolean> {
  const properties = [...USER_SELECT];
  const chains = await tx.query<{ id: string; state: string; properties: string[] }>(
    `SELECT id, state, properties FROM watch.chains WHERE connection_id = $1 AND kind = 'users' AND state <> 'retired'`,
    [scope.connectionId],
  );
  if (chains.some((chain) => chain.properties.join() === properties.join())) return false;
  const replaces = chains.filter((chain) => chain.state === 'live').map((chain) => chain.id);
  await openChain(tx, {
    connectionId: scope.connectionId,
    organisationId: scope.organisationId,
    kind: 'users',
    properties,
    replaces,
  });
  return true;
}

/**
 * From here on the users chain tells of everybody, or again only of principals. A chain that has its link already told of principals
 * until now: what the others are like is read by a baseline. One without a link asks for that when it takes it.
 */
async function watchEverybody(tx: Tx, { connectionId, organisationId, everybody }: Scope): Promise<void> {
  const changed = await tx.query(
    'UPDATE watch.watched_connections SET everybody = $2 WHERE connection_id = $1 AND everybody <> $2 RETURNING 1',
    [connectionId, everybody],
  );
  if (changed.length === 0) return;
  if (!everybody) return forgetBaselines(tx, connectionId, [EVERYBODY]);
  const linked = await tx.query(
    `SELECT 1 FROM watch.chains WHERE connection_id = $1 AND kind = 'users' AND state = 'live' AND link IS NOT NULL`,
    [connectionId],
  );
  if (linked.length > 0) await requestBaselines(tx, { connectionId, organisationId }, [EVERYBODY], 'NEW_GROUP');
}
