import { TOPICS, type Envelope } from '#contracts';
import type { BatchVerdict, LogEngine, LogPublisher, LogSource, PublishedRecord, Subscription } from '#messaging';

/** A log in memory with one partition that is delivered by hand, for tests of what is above a log. */
export class FakeEngine implements LogEngine {
  readonly system = 'fake';
  readonly published: PublishedRecord[] = [];
  committed: number | undefined;
  isStopped = false;
  sources = 0;
  commitFailure: Error | undefined;
  private subscription: Subscription | undefined;

  async deliver(events: readonly (Envelope | Buffer)[], headers: Record<string, string> = {}): Promise<BatchVerdict> {
    if (this.subscription === undefined) throw new Error('nobody has subscribed');
    const topic = TOPICS.provisioningEvents.name;
    return this.subscription.onBatch({
      topic,
      partition: 0,
      records: events.map((event, offset) => ({
        topic,
        partition: 0,
        offset,
        key: 'key',
        headers,
        value: Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event)),
      })),
      isActive: () => !this.isStopped,
      commit: async (nextOffset) => {
        if (this.commitFailure !== undefined) throw this.commitFailure;
        this.committed = nextOffset;
      },
    });
  }

  publisher(): LogPublisher {
    return { publish: async (records) => void this.published.push(...records), close: async () => {} };
  }

  source(): LogSource {
    this.sources++;
    return {
      start: (subscription) => void (this.subscription = subscription),
      stop: async () => void (this.isStopped = true),
      lag: async () => [],
    };
  }

  async ensureTopics(): Promise<void> {}
  async rewind(): Promise<void> {}
  async isReady() {
    return { ready: true } as const;
  }
  async close(): Promise<void> {}
}
