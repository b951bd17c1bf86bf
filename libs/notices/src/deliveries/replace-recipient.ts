import { listMembers } from '#connections';
import { assertLease, type Database } from '#database';
import type { MessageRecipient } from '../channels/notice-channel.js';
import { standInNote, whoIsTold } from '../rules/who-is-told.js';
import { DELIVERIES, type ClaimedDelivery } from './claim-delivery.js';
import { MAX_ATTEMPTS } from './next-attempt.js';
import { saveDeliveries } from './save-deliveries.js';

/**
 * Recipients are judged at the moment of sending. Whoever is no super admin any more gets nothing: the delivery becomes one to each
 * super admin who was not told yet, which says so. Answers the recipient as they are now, or null where they were replaced. A digest
 * is about its recipient's own day and is dropped; a test goes to whoever asked.
 */
export async function confirmRecipient(db: Database, delivery: ClaimedDelivery, now: Date): Promise<MessageRecipient | null> {
  const { recipient } = delivery.message;
  if (recipient === null) return null;
  const members = await listMembers(db, delivery.organisationId);
  const { recipients } = whoIsTold([recipient.memberId], members);
  const present = recipients.find(({ memberId }) => memberId === recipient.memberId);
  if (present !== undefined) return present;
  if (delivery.kind === 'test') return recipient;
  await db.transaction(async (tx) => {
    await assertLease(tx, DELIVERIES, delivery.lease);
    await tx.query(
      `UPDATE notices.deliveries SET state = 'replaced', settled_at = $2, lease_owner = NULL, lease_until = NULL WHERE id = $1`,
      [delivery.id, now],
    );
    if (delivery.kind === 'digest') return;
    const { organisationId, connectionId, alertId, eventId, told, kind, channel, isUrgent, message } = delivery;
    const same = { organisationId, connectionId, alertId, eventId, told, kind, channel, isUrgent };
    const { severity, content, at } = message;
    await saveDeliveries(
      tx,
      recipients.map((standIn) => ({
        ...same,
        severity,
        content,
        at: new Date(at),
        recipient: standIn,
        note: standInNote(recipient),
        dueAt: now,
        isHeldForQuiet: false,
        maxAttempts: MAX_ATTEMPTS,
      })),
      now,
    );
  });
  return null;
}
