import type { Envelope } from '#contracts';

/** One event of the live stream. The cursor is what `Last-Event-ID` gives back. */
export interface FeedItem {
  readonly cursor: string;
  readonly event: Envelope;
}

export const FEED_CHANNEL = 'messaging_feed';
