import type { Queryable, Tx } from '#database';
import { nudge, WATCH_CHANNELS } from '../channels.js';
import { raiseConnectionMarks } from '../intake/due-marks.js';
import type { SubscriptionPurpose, WantedSubscription } from './desired-subscriptions.js';

export interface SubscriptionRow {
  /** Ours; Graph's id is null until its answer was noted. */
  readonly id: string;
  readonly graphId: string | null;
  readonly purpose: SubscriptionPurpose;
  readonly groupId: string | null;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expiresAt: Date | null;
  readonly renewedAt: Date | null;
  readonly reauthorize: boolean;
  /** A run from scratch wants another one in its place. */
  readonly makeAnew: boolean;
  readonly createdAt: Date;
}

export interface SubscriptionOwner {
  readonly connectionId: string;
  readonly organisationId: string;
  readonly tenantId: string;
}

export async function subscriptionRows(db: Queryable, connectionId: string): Promise<SubscriptionRow[]> {
  return db.query<SubscriptionRow>(
    `SELECT id, graph_id AS "graphId", purpose, group_id AS "groupId", resource, notification_url AS "notificationUrl",
            expires_at AS "expiresAt", renewed_at AS "renewedAt", reauthorize, make_anew AS "makeAnew", created_at AS "createdAt"
       FROM watch.subscriptions WHERE connection_id = $1 ORDER BY created_at, id`,
    [connectionId],
  );
}

/** Before the POST: from here on a subscription that Graph makes is known by its address. */
export async function noteIntention(
  db: Queryable,
  owner: SubscriptionOwner,
  wanted: WantedSubscription,
  row: { readonly id: string; readonly notificationUrl: string; readonly clientStateHash: Buffer },
): Promise<void> {
  await db.query(
    `INSERT INTO watch.subscriptions
       (id, connection_id, organisation_id, tenant_id, purpose, group_id, resource, notification_url, client_state_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.id,
      owner.connectionId,
      owner.organisationId,
      owner.tenantId,
      wanted.purpose,
      wanted.groupId,
      wanted.resource,
      row.notificationUrl,
      row.clientStateHash,
    ],
  );
}

/**
 * Notes Graph's answer. Notifications may have come before this commit and were dropped as unknown, so the chains are made due with
 * it (a crash between Graph's 201 and our commit loses nothing either: the subscription is adopted this way later).
 */
export async function noteSubscription(
  tx: Tx,
  row: Pick<SubscriptionRow, 'id' | 'purpose' | 'groupId'> & { readonly connectionId: string },
  subscription: { readonly id: string; readonly expiresAt: Date },
): Promise<void> {
  await tx.query(
    `UPDATE watch.subscriptions SET graph_id = $2, expires_at = $3, renewed_at = now(), reauthorize = false WHERE id = $1`,
    [row.id, subscription.id, subscription.expiresAt],
  );
  await raiseConnectionMarks(tx, row.connectionId, row.purpose === 'group' ? { groupId: row.groupId } : row.purpose);
  await nudge(tx, WATCH_CHANNELS.directory);
}

export async function deleteRows(db: Queryable, rows: readonly Pick<SubscriptionRow, 'id'>[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query(`DELETE FROM watch.subscriptions WHERE id = ANY ($1::uuid[])`, [rows.map((row) => row.id)]);
  await nudge(db, WATCH_CHANNELS.directory);
}
