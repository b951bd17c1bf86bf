import type { GraphSubscription } from '#graph-client';
import type { WantedSubscription } from './desired-subscriptions.js';
import { hasKey, isOurs, rowIdOf } from './notification-addresses.js';
import type { SubscriptionRow } from './subscription-store.js';

const HOUR_MS = 3_600_000;
/** Renewed daily, and earlier where little life is left. */
const RENEW_AFTER_MS = 24 * HOUR_MS;
const RENEW_BEFORE_END_MS = 48 * HOUR_MS;
/** A list may come from a replica that does not know a new subscription yet. */
const LIST_LAG_MS = 120_000;
/** A POST whose answer nobody got may still show up in a list; then its row is of no use. */
const FORGET_UNANSWERED_MS = 600_000;

export interface CareInput {
  readonly wanted: readonly WantedSubscription[];
  readonly rows: readonly SubscriptionRow[];
  /** All subscriptions of the application in the tenant, as Graph lists them now. */
  readonly listed: readonly GraphSubscription[];
  readonly publicUrl: string;
  readonly key: string;
  readonly now: Date;
}

export interface CarePlan {
  /** Graph made them, and we died before noting it: the row knows the client state. */
  readonly adopt: readonly { readonly row: SubscriptionRow; readonly subscription: GraphSubscription }[];
  /** Graph does not know them any more. */
  readonly lost: readonly SubscriptionRow[];
  /** Rows of a POST that never led to a subscription. */
  readonly forget: readonly SubscriptionRow[];
  /** Registered under another address: Graph takes no second one beside it, so it ends before the new one begins. */
  readonly replace: readonly SubscriptionRow[];
  /** To be made anew, for the same reason one by one: each ends right before its successor begins. */
  readonly makeAnew: readonly SubscriptionRow[];
  readonly create: readonly WantedSubscription[];
  readonly renew: readonly SubscriptionRow[];
  /** No longer wanted: ended only after everything wanted is there (new before old). */
  readonly obsolete: readonly SubscriptionRow[];
  /** Ours by address, but without a row, so that nothing they say can be believed. */
  readonly orphans: readonly GraphSubscription[];
}

/** Compares what is wanted, what we noted and what Graph lists. Pure; carrying it out twice does no harm. */
export function planCare({ wanted, rows, listed, publicUrl, key, now }: CareInput): CarePlan {
  const byId = new Map(listed.map((subscription) => [subscription.id, subscription]));
  const byRow = new Map(listed.map((subscription) => [rowIdOf(subscription.notificationUrl), subscription]));
  const age = (instant: Date) => now.getTime() - instant.getTime();

  const unanswered = rows.filter((row) => row.graphId === null);
  const adopt = unanswered.flatMap((row) => {
    const subscription = byRow.get(row.id);
    return subscription === undefined ? [] : [{ row, subscription }];
  });
  const adopted = new Map(adopt.map(({ row }) => [row.id, row]));
  const noted = rows.filter((row) => row.graphId !== null);
  const isLost = (row: SubscriptionRow) =>
    (row.expiresAt !== null && row.expiresAt <= now) || (!byId.has(row.graphId ?? '') && age(row.createdAt) > LIST_LAG_MS);
  const living = [...noted.filter((row) => !isLost(row)), ...adopted.values()];
  const isRegisteredHere = (row: SubscriptionRow) => isOurs(row.notificationUrl, publicUrl) && hasKey(row.notificationUrl, key);
  const isWanted = (row: SubscriptionRow) => wanted.some((one) => one.resource === row.resource);
  const isWorn = (row: SubscriptionRow) => row.makeAnew && isWanted(row);
  const registered = living.filter(isRegisteredHere);
  const here = registered.filter((row) => !isWorn(row));

  return {
    adopt,
    lost: noted.filter(isLost),
    forget: unanswered.filter((row) => !adopted.has(row.id) && age(row.createdAt) > FORGET_UNANSWERED_MS),
    replace: living.filter((row) => !isRegisteredHere(row)),
    makeAnew: registered.filter(isWorn),
    create: wanted.filter((one) => !here.some((row) => row.resource === one.resource)),
    renew: registered.filter((row) => isWanted(row) && !adopted.has(row.id) && isRenewalDue(row, now)),
    obsolete: here.filter((row) => !isWanted(row)),
    orphans: listed.filter(
      ({ id, notificationUrl }) =>
        isOurs(notificationUrl, publicUrl) &&
        hasKey(notificationUrl, key) &&
        !rows.some((row) => row.graphId === id || row.id === rowIdOf(notificationUrl)),
    ),
  };
}

function isRenewalDue(row: SubscriptionRow, now: Date): boolean {
  if (row.reauthorize || row.renewedAt === null || row.expiresAt === null) return true;
  return (
    now.getTime() - row.renewedAt.getTime() >= RENEW_AFTER_MS || row.expiresAt.getTime() - now.getTime() <= RENEW_BEFORE_END_MS
  );
}
