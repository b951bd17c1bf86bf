import type { Queryable } from '#database';
import type { ChannelName, MessageKind } from '../kinds.js';
import { DeliveryNotFoundError } from '../errors.js';

export interface StoredAttempt {
  readonly number: number;
  readonly at: string;
  readonly outcome: 'delivered' | 'refused' | 'failed';
  readonly code: string;
  readonly answer: string;
}

export type DeliveryState = 'waiting' | 'sent' | 'failed' | 'replaced' | 'superseded';

/** One message to one recipient by one channel, with what the other side answered to each attempt. */
export interface StoredDelivery {
  readonly id: string;
  /** Rises with each delivery; the cursor of the list. */
  readonly position: number;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly kind: MessageKind;
  readonly channel: ChannelName;
  readonly title: string;
  readonly recipient: { readonly memberId: string; readonly displayName: string; readonly email: string | null } | null;
  readonly note: string | null;
  readonly state: DeliveryState;
  /** When the next attempt is due; null once it is settled. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  readonly attempts: readonly StoredAttempt[];
}

export interface DeliveryListing {
  readonly state?: DeliveryState | undefined;
  readonly alertId?: string | undefined;
  readonly connectionId?: string | undefined;
  /** Deliveries older than this position. */
  readonly beforePosition?: number | undefined;
  readonly limit: number;
}

const COLUMNS = `
  d.id, d.position, d.connection_id AS "connectionId", d.alert_id AS "alertId", d.kind, d.channel, d.message->'content'->>'title' AS title,
  NULLIF(d.message->'recipient', 'null') AS recipient, d.message->>'note' AS note, d.state,
  CASE WHEN d.state = 'waiting' THEN d.due_at END AS "nextAttemptAt", d.created_at AS "createdAt", d.settled_at AS "settledAt",
  COALESCE((SELECT jsonb_agg(jsonb_build_object(
      'number', t.number, 'at', t.at, 'outcome', t.outcome, 'code', t.code, 'answer', t.answer) ORDER BY t.number)
    FROM notices.attempts t WHERE t.delivery_id = d.id), '[]') AS attempts`;

/** Newest first, with each attempt's answer: a refused recipient is seen here. */
export async function listDeliveries(db: Queryable, organisationId: string, listing: DeliveryListing): Promise<StoredDelivery[]> {
  return db.query<StoredDelivery>(
    `SELECT ${COLUMNS} FROM notices.deliveries d
     WHERE d.organisation_id = $1 AND ($2::text IS NULL OR d.state = $2) AND ($3::uuid IS NULL OR d.alert_id = $3)
       AND ($4::uuid IS NULL OR d.connection_id = $4) AND ($5::bigint IS NULL OR d.position < $5)
     ORDER BY d.position DESC LIMIT $6`,
    [
      organisationId,
      listing.state ?? null,
      listing.alertId ?? null,
      listing.connectionId ?? null,
      listing.beforePosition ?? null,
      listing.limit,
    ],
  );
}

/** Throws `DeliveryNotFoundError` also for a delivery of another organisation (invariant 9). */
export async function getDelivery(db: Queryable, organisationId: string, deliveryId: string): Promise<StoredDelivery> {
  const [row] = await db.query<StoredDelivery>(
    `SELECT ${COLUMNS} FROM notices.deliveries d WHERE d.organisation_id = $1 AND d.id = $2`,
    [organisationId, deliveryId],
  );
  if (row === undefined) throw new DeliveryNotFoundError(deliveryId);
  return row;
}
