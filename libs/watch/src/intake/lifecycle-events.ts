import type { Queryable } from '#database';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import { raiseConnectionMarks } from './due-marks.js';
import type { KnownSubscription } from './judge-item.js';

export interface LifecycleEvent {
  readonly subscription: KnownSubscription;
  readonly event: string;
}

/**
 * Writes down what a lifecycle item asks for; the keeper does it. `missed` and `subscriptionRemoved` are not documented for users and
 * groups (Graph sheet 4.6) but understood. An event of another name is only looked after: the chains are read.
 */
export async function noteLifecycleEvents(db: Queryable, events: readonly LifecycleEvent[]): Promise<void> {
  const idsOf = (name: string) => events.filter(({ event }) => event === name).map(({ subscription }) => subscription.graphId);
  await db.query(
    `WITH reauthorized AS (
       UPDATE watch.subscriptions SET reauthorize = true WHERE graph_id = ANY ($1::text[]) RETURNING connection_id
     ), removed AS (
       DELETE FROM watch.subscriptions WHERE graph_id = ANY ($2::text[]) RETURNING connection_id
     )
     UPDATE watch.watched_connections SET keeper_due_at = now() WHERE connection_id IN (
       SELECT connection_id FROM reauthorized UNION SELECT connection_id FROM removed)`,
    [idsOf('reauthorizationRequired'), idsOf('subscriptionRemoved')],
  );
  for (const { subscription, event } of events) {
    if (event === 'reauthorizationRequired') continue;
    await raiseConnectionMarks(
      db,
      subscription.connectionId,
      subscription.purpose === 'group' ? subscription : subscription.purpose,
    );
  }
  await nudge(db, WATCH_CHANNELS.keeper, WATCH_CHANNELS.directory);
}
