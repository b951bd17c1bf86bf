import type { Clock, Log } from '#contracts';
import { LeaseLostError, type Database } from '#database';
import { inSpan } from '#tracing';
import type { Answer, MessageRecipient, NoticeChannel } from '../channels/notice-channel.js';
import type { ChannelName } from '../kinds.js';
import { claimDelivery, type ClaimedDelivery } from './claim-delivery.js';
import { readersZone } from '../quiet-hours/readers-zone.js';
import { recordAttempt } from './record-attempt.js';
import { confirmRecipient } from './replace-recipient.js';
import { withinDeadline } from './within-deadline.js';

export interface DelivererOptions {
  readonly db: Database;
  readonly channels: Readonly<Record<ChannelName, NoticeChannel>>;
  /** Names this worker in the lease. */
  readonly owner: string;
  readonly log: Log;
  readonly clock: Clock;
}

export interface AttemptOutcome {
  readonly channel: ChannelName;
  readonly outcome: Answer['outcome'] | 'replaced' | 'leaseLost';
}

/** Half of the lease: the answer is stored while the delivery is surely ours. */
const SEND_DEADLINE_MS = 30_000;

/**
 * Works off the list of deliveries, one at a time; run several for speed. Nothing is held in memory: a killed one is replaced after
 * its lease, and its message goes out again under the same id (the inbox and receivers that look at ids show it once).
 */
export class Deliverer {
  constructor(private readonly options: DelivererOptions) {}

  /** Sends the next due delivery. Null where none is due. */
  async deliverNext(): Promise<AttemptOutcome | null> {
    const { db, owner, clock } = this.options;
    const delivery = await claimDelivery(db, owner, clock());
    if (delivery === null) return null;
    const { traceparent: parent, kind, channel } = delivery;
    const attributes = { 'rollcall.notice_kind': kind, 'rollcall.notice_channel': channel, 'rollcall.delivery_id': delivery.id };
    return inSpan(`deliver notice by ${channel}`, { kind: 'producer', parent, attributes }, async (span) => {
      const outcome = await this.deliver(delivery);
      span.note({ 'rollcall.notice_outcome': outcome.outcome });
      return outcome;
    });
  }

  private async deliver(delivery: ClaimedDelivery): Promise<AttemptOutcome> {
    const { db, clock, log } = this.options;
    const { channel } = delivery;
    const recipient = await confirmRecipient(db, delivery, clock());
    if (recipient === null && delivery.message.recipient !== null) return { channel, outcome: 'replaced' };
    const answer = await this.send(delivery, recipient);
    try {
      await recordAttempt(db, delivery, answer, clock());
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      log.warn({ deliveryId: delivery.id, channel }, 'a delivery took longer than its lease; somebody else has it');
      return { channel, outcome: 'leaseLost' };
    }
    const { id: deliveryId, kind, told } = delivery;
    const fields = { deliveryId, kind, told, channel, outcome: answer.outcome, code: answer.code };
    if (answer.outcome === 'delivered') log.info(fields, 'a notice was delivered');
    else log.warn(fields, 'a notice was not taken');
    return { channel, outcome: answer.outcome };
  }

  private async send(delivery: ClaimedDelivery, recipient: MessageRecipient | null): Promise<Answer> {
    const { id, organisationId, connectionId, alertId, kind, channel, message } = delivery;
    const { severity, content, note, at } = message;
    const zone = await readersZone(this.options.db, organisationId, recipient?.memberId ?? null);
    const base = { id, organisationId, connectionId, alertId, kind, severity, content, note, recipient, at: new Date(at), zone };
    const late: Answer = { outcome: 'failed', code: 'TIMEOUT', text: `no answer within ${SEND_DEADLINE_MS / 1_000} s` };
    try {
      return await withinDeadline(this.options.channels[channel].send(base), SEND_DEADLINE_MS, late);
    } catch (error) {
      // A channel answers what the other side does; what it throws is ours, such as a destination that no key opens.
      this.options.log.error({ err: error, deliveryId: id, channel }, 'a notice could not be set');
      return { outcome: 'failed', code: codeOf(error), text: error instanceof Error ? error.message : 'unknown failure' };
    }
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'UNKNOWN';
}
