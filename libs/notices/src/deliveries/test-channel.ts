import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { onlyRow, type Database, type NotificationListener } from '#database';
import { findMember, writeAudit, type Actor } from '#connections';
import { isPersonal, type ChannelName } from '../kinds.js';
import { pageLinks } from '../page-links.js';
import { getDelivery, type StoredDelivery } from '../queries/list-deliveries.js';
import type { StoredMessage } from './new-delivery.js';
import { DELIVERIES_DUE_CHANNEL, DELIVERY_ATTEMPTED_CHANNEL } from './delivery-channel.js';

const LOOK_MS = 1_000;

export interface ChannelTest {
  readonly channel: ChannelName;
  /** Whose destination is tried; null is the organisation's. */
  readonly connectionId: string | null;
  /** Who gets it, on the personal channels. */
  readonly memberId: string;
}

export interface TestTools {
  readonly db: Database;
  readonly listener: Pick<NotificationListener, 'on'>;
  readonly now: Date;
  /** How long to wait for the notification service; 15 s unless named. */
  readonly deadlineMs?: number;
}

/**
 * Sends a test message and answers the delivery with what the other side said to its one attempt. The notification service sends it,
 * as it sends everything; where that is away the delivery comes back still waiting, and is sent when it returns.
 */
export async function testChannel(
  { db, listener, now, deadlineMs = 15_000 }: TestTools,
  actor: Actor,
  test: ChannelTest,
): Promise<StoredDelivery> {
  const id = await requestTest(db, actor, test, now);
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const attempted = nextAttempt(listener, id);
    try {
      const delivery = await getDelivery(db, actor.organisationId, id);
      if (delivery.state !== 'waiting' || Date.now() >= deadline) return delivery;
      await Promise.race([attempted.heard, delay(Math.min(LOOK_MS, Math.max(1, deadline - Date.now())))]);
    } finally {
      attempted.stop();
    }
  }
}

async function requestTest(
  db: Database,
  actor: Actor,
  { channel, connectionId, memberId }: ChannelTest,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const member = isPersonal(channel) ? await findMember(tx, memberId) : null;
    const recipient =
      member?.organisationId === actor.organisationId
        ? { memberId: member.id, displayName: member.displayName, email: member.email }
        : null;
    const message: StoredMessage = {
      at: now.toISOString(),
      severity: 'info',
      content: {
        title: 'Test of the notices of Rollcall',
        sentences: ['This is a test. If you can read it, notices reach you here.'],
        facts: [],
        links: [pageLinks.settings()],
      },
      note: null,
      recipient,
    };
    const { id } = onlyRow(
      await tx.query<{ id: string }>(
        `INSERT INTO notices.deliveries
           (organisation_id, connection_id, event_id, told, kind, channel, recipient, is_urgent, message, max_attempts, due_at, created_at)
         VALUES ($1, $2, $3, 'test', 'test', $4, $5, true, $6, 1, $7, $7) RETURNING id`,
        [actor.organisationId, connectionId, `test:${randomUUID()}`, channel, recipient?.memberId ?? '', message, now],
      ),
    );
    await writeAudit(tx, actor, { action: 'notices.test', connectionId, before: null, after: { channel } });
    await tx.query('SELECT pg_notify($1, $2)', [DELIVERIES_DUE_CHANNEL, '']);
    return id;
  });
}

function nextAttempt(listener: Pick<NotificationListener, 'on'>, id: string): { heard: Promise<void>; stop: () => void } {
  let stop: () => void = () => undefined;
  const heard = new Promise<void>((resolve) => {
    stop = listener.on(DELIVERY_ATTEMPTED_CHANNEL, (payload) => {
      if (payload === id || payload === '') resolve();
    });
  });
  return { heard, stop };
}
