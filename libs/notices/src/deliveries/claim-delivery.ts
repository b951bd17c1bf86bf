import type { Database, Lease } from '#database';
import type { ChannelName, MessageKind } from '../kinds.js';
import type { StoredMessage } from './new-delivery.js';

export const DELIVERIES = { table: 'notices.deliveries', key: 'id' } as const;

/** Longer than any attempt may take; a killed deliverer's work is taken over after it. */
export const LEASE_MS = 60_000;
/** So that one organisation with a receiver that hangs leaves slots to the others (invariant 9). */
const MOST_PER_ORGANISATION = 2;

export interface ClaimedDelivery {
  readonly id: string;
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly eventId: string;
  readonly told: string;
  readonly kind: MessageKind;
  readonly channel: ChannelName;
  readonly isUrgent: boolean;
  readonly message: StoredMessage;
  /** Attempts that were made before this one. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly lease: Lease;
  /** The trace in which it was planned; null where there is none. */
  readonly traceparent: string | null;
}

/** The next due delivery under a lease, null where none is due. Of one alert and recipient the earlier state goes first. */
export async function claimDelivery(db: Database, owner: string, now: Date): Promise<ClaimedDelivery | null> {
  const [row] = await db.query<Omit<ClaimedDelivery, 'lease'> & { token: number }>(CLAIM, [
    now,
    MOST_PER_ORGANISATION,
    owner,
    LEASE_MS,
  ]);
  if (row === undefined) return null;
  const { token, ...delivery } = row;
  return { ...delivery, lease: { key: delivery.id, token } };
}

const CLAIM = `
  WITH busy AS (
    SELECT organisation_id, count(*) AS in_flight FROM notices.deliveries
     WHERE lease_until IS NOT NULL AND lease_until > clock_timestamp() GROUP BY organisation_id
  ), next AS (
    SELECT d.id FROM notices.deliveries d LEFT JOIN busy USING (organisation_id)
     WHERE d.state = 'waiting' AND d.due_at <= $1 AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
       AND coalesce(busy.in_flight, 0) < $2
       AND NOT EXISTS (
         SELECT 1 FROM notices.deliveries earlier
          WHERE earlier.alert_id = d.alert_id AND earlier.channel = d.channel AND earlier.recipient = d.recipient
            AND earlier.position < d.position AND earlier.state = 'waiting'
            AND (earlier.attempts = 0 OR earlier.lease_until > clock_timestamp()))
     ORDER BY d.due_at, d.position LIMIT 1 FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE notices.deliveries d
     SET lease_owner = $3, lease_token = lease_token + 1, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
    FROM next WHERE d.id = next.id
  RETURNING d.id, d.organisation_id AS "organisationId", d.connection_id AS "connectionId", d.alert_id AS "alertId",
            d.event_id AS "eventId", d.told, d.kind, d.channel, d.is_urgent AS "isUrgent", d.message, d.attempts,
            d.max_attempts AS "maxAttempts", d.traceparent, d.lease_token AS token`;
