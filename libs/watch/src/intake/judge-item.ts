import { createHash, timingSafeEqual } from 'node:crypto';
import { groupIdOf, notificationItemSchema, type NotificationItem } from './notification-item.js';

/** What the intake knows of a subscription. */
export interface KnownSubscription {
  readonly graphId: string;
  readonly connectionId: string;
  readonly tenantId: string;
  readonly purpose: 'group' | 'groups' | 'users';
  readonly groupId: string | null;
  readonly clientStateHash: Buffer;
}

export type RejectedOutcome =
  'malformed' | 'unknownSubscription' | 'foreignConnection' | 'wrongClientState' | 'foreignTenant' | 'unwatched';

export type ItemVerdict =
  | { readonly outcome: RejectedOutcome }
  /** Raises the due mark of the group's chain, or of the connection's users chain. */
  | { readonly outcome: 'accepted'; readonly connectionId: string; readonly mark: { readonly groupId: string } | 'users' }
  | { readonly outcome: 'lifecycle'; readonly subscription: KnownSubscription; readonly event: string };

export function hashClientState(clientState: string): Buffer {
  return createHash('sha256').update(clientState).digest();
}

/** Null where the item is not one; it never fails its neighbours. */
export function parseItem(raw: unknown): NotificationItem | null {
  const parsed = notificationItemSchema.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

/**
 * Judges one item against the subscription that it names and the connection whose key the address carried. Hashes are compared in
 * constant time. `isWatched` is asked for subscriptions on all groups only.
 */
export function judgeItem(
  item: NotificationItem,
  keyConnectionId: string,
  subscription: KnownSubscription | null,
  isWatched: (groupId: string) => boolean,
): ItemVerdict {
  if (subscription === null) return { outcome: 'unknownSubscription' };
  const stateMatches = timingSafeEqual(hashClientState(item.clientState), subscription.clientStateHash);
  if (subscription.connectionId !== keyConnectionId) return { outcome: 'foreignConnection' };
  if (!stateMatches) return { outcome: 'wrongClientState' };
  if (item.tenantId !== subscription.tenantId.toLowerCase()) return { outcome: 'foreignTenant' };
  if (item.lifecycleEvent !== undefined) return { outcome: 'lifecycle', subscription, event: item.lifecycleEvent };
  const { connectionId } = subscription;
  if (subscription.purpose === 'users') return { outcome: 'accepted', connectionId, mark: 'users' };
  const groupId = subscription.groupId ?? groupIdOf(item);
  if (groupId === null || (subscription.purpose === 'groups' && !isWatched(groupId))) return { outcome: 'unwatched' };
  return { outcome: 'accepted', connectionId, mark: { groupId } };
}
