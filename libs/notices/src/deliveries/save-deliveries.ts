import type { Tx } from '#database';
import { currentTraceparent } from '#tracing';
import { DELIVERIES_DUE_CHANNEL } from './delivery-channel.js';
import type { NewDelivery, StoredMessage } from './new-delivery.js';

/**
 * Puts deliveries on the list and wakes the deliverers on commit. What is there already (same alert, state, recipient and channel)
 * stays as it is. What quiet hours keep back of the same alert, or what waits for another attempt, is superseded: it is told as it is
 * by now.
 */
export async function saveDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: Date): Promise<void> {
  if (deliveries.length === 0) return;
  for (const { alertId, channel, recipient } of deliveries) {
    if (alertId === null) continue;
    await tx.query(
      `UPDATE notices.deliveries SET state = 'superseded', settled_at = $4
       WHERE alert_id = $1 AND channel = $2 AND recipient = $3 AND state = 'waiting' AND lease_until IS NULL
         AND ((is_held_for_quiet AND due_at > $4) OR attempts > 0)`,
      [alertId, channel, recipient?.memberId ?? '', now],
    );
  }
  await tx.query(INSERT, [JSON.stringify(deliveries.map(toRow)), now, currentTraceparent()]);
  await tx.query('SELECT pg_notify($1, $2)', [DELIVERIES_DUE_CHANNEL, '']);
}

function toRow(delivery: NewDelivery): object {
  const { severity, content, note, recipient, at, ...columns } = delivery;
  const message: StoredMessage = { severity, content, note, recipient, at: at.toISOString() };
  return { ...columns, recipient: recipient?.memberId ?? '', message };
}

const INSERT = `
  INSERT INTO notices.deliveries (organisation_id, connection_id, alert_id, event_id, told, kind, channel, recipient, is_urgent, message,
         max_attempts, due_at, is_held_for_quiet, created_at, traceparent)
  SELECT r."organisationId", r."connectionId", r."alertId", r."eventId", r."told", r."kind", r."channel", r."recipient", r."isUrgent",
         r."message", r."maxAttempts", r."dueAt", r."isHeldForQuiet", $2, $3
    FROM jsonb_to_recordset($1::jsonb) AS r ("organisationId" uuid, "connectionId" uuid, "alertId" uuid, "eventId" text, "told" text,
         "kind" text, "channel" text, "recipient" text, "isUrgent" boolean, "message" jsonb, "maxAttempts" integer,
         "dueAt" timestamptz, "isHeldForQuiet" boolean)
  ON CONFLICT DO NOTHING`;
