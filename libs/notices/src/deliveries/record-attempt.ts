import { toStorable } from '#contracts';
import { assertLease, type Database } from '#database';
import type { Answer } from '../channels/notice-channel.js';
import { DELIVERIES, type ClaimedDelivery } from './claim-delivery.js';
import { DELIVERY_ATTEMPTED_CHANNEL } from './delivery-channel.js';
import { nextAttempt, type AfterAttempt } from './next-attempt.js';

const MAX_ANSWER_LENGTH = 500;

/**
 * Stores what the other side said, and what follows. Throws `LeaseLostError` where another deliverer has taken over. A retry is left
 * out where a later state of the same alert waits already.
 */
export async function recordAttempt(
  db: Database,
  delivery: ClaimedDelivery,
  answer: Answer,
  now: Date,
): Promise<AfterAttempt['state']> {
  const number = delivery.attempts + 1;
  const after = nextAttempt(answer, number, delivery.maxAttempts);
  return db.transaction(async (tx) => {
    await assertLease(tx, DELIVERIES, delivery.lease);
    await tx.query(
      'INSERT INTO notices.attempts (delivery_id, number, at, outcome, code, answer) VALUES ($1, $2, $3, $4, $5, $6)',
      [delivery.id, number, now, answer.outcome, storable(answer.code), storable(answer.text)],
    );
    await tx.query(
      `UPDATE notices.deliveries d
       SET attempts = $2, lease_owner = NULL, lease_until = NULL, due_at = CASE WHEN $3 = 'waiting' THEN $5 ELSE due_at END,
           state = CASE WHEN $3 = 'waiting' AND EXISTS (
             SELECT 1 FROM notices.deliveries later
              WHERE later.alert_id = d.alert_id AND later.channel = d.channel AND later.recipient = d.recipient
                AND later.position > d.position) THEN 'superseded' ELSE $3 END,
           settled_at = CASE WHEN $3 = 'waiting' THEN NULL ELSE $4::timestamptz END
       WHERE id = $1`,
      [delivery.id, number, after.state, now, new Date(now.getTime() + (after.state === 'waiting' ? after.waitMs : 0))],
    );
    await tx.query('SELECT pg_notify($1, $2)', [DELIVERY_ATTEMPTED_CHANNEL, delivery.id]);
    return after.state;
  });
}

/** A receiver's page of HTML is cut. */
function storable(text: string): string {
  return toStorable(text.slice(0, MAX_ANSWER_LENGTH));
}
