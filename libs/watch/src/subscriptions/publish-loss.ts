import { buildEvent, subscriptionLostV1, subscriptionRestoredV1, TOPICS } from '#contracts';
import type { Tx } from '#database';
import { enqueue } from '#messaging';
import type { WatchContext } from '../watch-context.js';
import type { Care } from './claim-care.js';
import type { SubscriptionRow } from './subscription-store.js';

/** Tells that subscriptions ended without our doing; the keeper makes them anew. */
export async function publishLoss({ db, clock }: WatchContext, care: Care, lost: readonly SubscriptionRow[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`UPDATE watch.watched_connections SET subscription_lost = true WHERE connection_id = $1`, [care.connectionId]);
    for (const row of lost) await publish(tx, subscriptionLostV1, care, `lost:${row.id}`, clock(), { resource: row.resource });
  });
}

/** Tells, once after a loss, that all subscriptions are there again. */
export async function publishRestoration({ db, clock }: WatchContext, care: Care): Promise<void> {
  await db.transaction(async (tx) => {
    const restored = await tx.query(
      `UPDATE watch.watched_connections SET subscription_lost = false WHERE connection_id = $1 AND subscription_lost RETURNING 1`,
      [care.connectionId],
    );
    if (restored.length > 0) await publish(tx, subscriptionRestoredV1, care, `restored:${care.leaseToken}`, clock(), {});
  });
}

async function publish(
  tx: Tx,
  definition: typeof subscriptionLostV1 | typeof subscriptionRestoredV1,
  { connectionId, organisationId }: Care,
  part: string,
  time: Date,
  object: Record<string, unknown>,
): Promise<void> {
  const identity = { id: `${connectionId}:subscription:${part}`, source: '/rollcall/subscription', key: connectionId, time };
  const event = buildEvent(definition, identity, { organisationId, connectionId, code: null, object });
  await enqueue(tx, [{ topic: TOPICS.connections.name, key: connectionId, event }]);
}
