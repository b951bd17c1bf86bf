import { buildEvent, subscriptionLostV1, subscriptionRestoredV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { WatchContext } from '../watch-context.js';
import type { Care } from './claim-care.js';
import type { WantedSubscription } from './desired-subscriptions.js';
import type { SubscriptionRow } from './subscription-store.js';

/** Tells that subscriptions ended without our doing; the keeper makes them anew. */
export async function publishLoss({ db, clock }: WatchContext, care: Care, lost: readonly SubscriptionRow[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `UPDATE watch.watched_connections SET lost_resources = ARRAY(SELECT DISTINCT unnest(lost_resources || $2::text[]) ORDER BY 1)
        WHERE connection_id = $1`,
      [care.connectionId, lost.map(({ resource }) => resource)],
    );
    for (const { id, resource } of lost) await publish(tx, subscriptionLostV1, care, `lost:${id}`, clock(), resource);
  });
}

/** Tells, once for each that was lost, that it is there again, or that nobody wants it any more. */
export async function publishRestoration(
  { db, clock }: WatchContext,
  care: Care,
  wanted: readonly WantedSubscription[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.query<{ lost: string[] }>(
      `SELECT lost_resources AS lost FROM watch.watched_connections WHERE connection_id = $1 AND lost_resources <> '{}' FOR UPDATE`,
      [care.connectionId],
    );
    if (row === undefined) return;
    const held = await tx.query<{ resource: string }>(
      `SELECT resource FROM watch.subscriptions WHERE connection_id = $1 AND graph_id IS NOT NULL`,
      [care.connectionId],
    );
    const missing = wanted.filter(({ resource }) => !held.some((one) => one.resource === resource));
    const isMissing = (resource: string) => missing.some((one) => one.resource === resource);
    await tx.query(`UPDATE watch.watched_connections SET lost_resources = $2 WHERE connection_id = $1`, [
      care.connectionId,
      row.lost.filter(isMissing),
    ]);
    for (const resource of row.lost.filter((lost) => !isMissing(lost))) {
      await publish(tx, subscriptionRestoredV1, care, `restored:${care.leaseToken}:${resource}`, clock(), resource);
    }
  });
}

async function publish(
  tx: Tx,
  definition: typeof subscriptionLostV1 | typeof subscriptionRestoredV1,
  { connectionId, organisationId }: Care,
  part: string,
  time: Date,
  resource: string,
): Promise<void> {
  const identity = { id: `${connectionId}:subscription:${part}`, source: '/rollcall/subscription', key: connectionId, time };
  const event = buildEvent(definition, identity, { organisationId, connectionId, code: null, object: { resource } });
  await enqueue(tx, [{ topic: TOPICS.connections.name, key: connectionId, event }]);
}
