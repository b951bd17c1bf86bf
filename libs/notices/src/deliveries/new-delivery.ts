import type { MessageRecipient } from '../channels/notice-channel.js';
import type { NoticeContent, Severity } from '../content.js';
import type { ChannelName, MessageKind } from '../kinds.js';

/** A message to one recipient by one channel, before it is on the list. */
export interface NewDelivery {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly eventId: string;
  /** The state of the alert that this tells: a stage, `resolved`, `finished`, `digest`, `test`. */
  readonly told: string;
  readonly kind: MessageKind;
  readonly channel: ChannelName;
  /** Null on shared channels. */
  readonly recipient: MessageRecipient | null;
  readonly isUrgent: boolean;
  readonly severity: Severity;
  readonly content: NoticeContent;
  readonly note: string | null;
  readonly at: Date;
  readonly dueAt: Date;
  readonly isHeldForQuiet: boolean;
  readonly maxAttempts: number;
}

/** The part of a delivery that is stored as one value. */
export interface StoredMessage {
  readonly severity: Severity;
  readonly content: NoticeContent;
  readonly note: string | null;
  readonly recipient: MessageRecipient | null;
  readonly at: string;
}
