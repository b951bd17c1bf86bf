import type { NoticeContent, Severity } from '../content.js';
import type { ChannelName, MessageKind } from '../kinds.js';

export interface MessageRecipient {
  readonly memberId: string;
  readonly displayName: string;
  readonly email: string | null;
}

/** One notice for one recipient (or, by a shared channel, for one address), ready to be set. */
export interface NoticeMessage {
  /** The delivery's id, the same over all attempts: receivers drop repeats by it. */
  readonly id: string;
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly alertId: string | null;
  readonly kind: MessageKind;
  readonly severity: Severity;
  readonly content: NoticeContent;
  /** Said beside the content, such as whom the recipient stands in for. */
  readonly note: string | null;
  /** Null on shared channels. */
  readonly recipient: MessageRecipient | null;
  readonly at: Date;
  /** The zone in which the reader's instants are set; on shared channels the organisation's. */
  readonly zone: string;
}

/**
 * What the other side said. `delivered`: it took the message. `refused`: trying again cannot help until a person changes something.
 * `failed`: it may work later, at the earliest after `afterMs` where the other side named a wait. `text` is shown to admins.
 */
export interface Answer {
  readonly outcome: 'delivered' | 'refused' | 'failed';
  /** A status of the protocol such as `250` or `410`, or a code of ours such as `CHANNEL_OFF`. */
  readonly code: string;
  readonly text: string;
  readonly afterMs?: number;
}

/** A way to reach people. `send` never throws for what the other side does: that is an answer. A repetition carries the same id. */
export interface NoticeChannel {
  readonly name: ChannelName;
  send(message: NoticeMessage): Promise<Answer>;
}
