import type { Admin, Kafka } from 'kafkajs';
import type { Log, TopicName } from '#contracts';
import { withDeadline } from '../deadline.js';
import { LogUnavailableError } from '../errors.js';
import type { LogEngine, LogPublisher, LogSource, PartitionLag, Readiness } from '../log-engine.js';
import { createKafka, type KafkaOptions } from './kafka-client.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { KafkaSource } from './kafka-source.js';
import { createMissingTopics } from './kafka-topics.js';

const READY_DEADLINE_MS = 3_000;
const CLOSE_DEADLINE_MS = 2_000;
const ADMIN_DEADLINE_MS = 20_000;

/** Apache Kafka, or whatever speaks its protocol. Holds one admin connection; publishers and sources have their own. */
export class KafkaEngine implements LogEngine {
  readonly system = 'kafka';
  private readonly kafka: Kafka;
  private readonly prefix: string;
  private readonly publishers: KafkaPublisher[] = [];
  private admin: Promise<Admin> | undefined;

  constructor(
    options: KafkaOptions,
    private readonly log: Log,
  ) {
    this.kafka = createKafka(options, log);
    this.prefix = options.topicPrefix ?? '';
  }

  async ensureTopics(group?: string): Promise<void> {
    await this.ask((admin) => createMissingTopics(admin, this.prefix, group));
  }

  publisher(): LogPublisher {
    const publisher = new KafkaPublisher(this.kafka, this.prefix, () => this.ensureTopics());
    this.publishers.push(publisher);
    return publisher;
  }

  source(group: string): LogSource {
    return new KafkaSource({
      kafka: this.kafka,
      prefix: this.prefix,
      group,
      log: this.log,
      ensureTopics: () => this.ensureTopics(group),
      lag: (topics) => this.ask((admin) => this.findLag(admin, group, topics)),
    });
  }

  async rewind(group: string, topic: TopicName, partition: number, nextOffset: number): Promise<void> {
    const partitions = [{ partition, offset: String(nextOffset) }];
    await this.ask((admin) => admin.setOffsets({ groupId: this.prefix + group, topic: this.prefix + topic, partitions }));
  }

  async isReady(): Promise<Readiness> {
    try {
      await this.ask((admin) => admin.describeCluster(), READY_DEADLINE_MS);
      return { ready: true };
    } catch (error) {
      return { ready: false, reason: `Kafka is away: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  async close(): Promise<void> {
    const admin = this.admin?.then((connected) => connected.disconnect());
    this.admin = undefined;
    const goodbyes = [...this.publishers.map((publisher) => publisher.close()), admin ?? Promise.resolve()];
    const late = () => new LogUnavailableError('Kafka was left without a goodbye');
    await withDeadline(Promise.allSettled(goodbyes), CLOSE_DEADLINE_MS, late).catch((error: unknown) =>
      this.log.debug({ err: error }, 'the connections to Kafka are left to end by themselves'),
    );
  }

  private async findLag(admin: Admin, group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const named = topics.map((topic) => this.prefix + topic);
    const positions = await admin.fetchOffsets({ groupId: this.prefix + group, topics: named });
    const lags = await Promise.all(
      positions.map(async ({ topic, partitions }) => {
        const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
        return partitions.map(({ partition, offset }) => {
          const end = ends.get(partition);
          const nextOffset = Number(offset) < 0 ? Number(end?.low ?? 0) : Number(offset);
          return { topic: topic.slice(this.prefix.length), partition, nextOffset, endOffset: Number(end?.high ?? nextOffset) };
        });
      }),
    );
    return lags.flat();
  }

  /** On the shared admin connection, which is made anew after any failure. */
  private async ask<Answer>(question: (admin: Admin) => Promise<Answer>, deadlineMs = ADMIN_DEADLINE_MS): Promise<Answer> {
    this.admin ??= this.connectAdmin();
    const connection = this.admin;
    const answer = connection.then(question);
    try {
      return await withDeadline(
        answer,
        deadlineMs,
        () => new LogUnavailableError(`Kafka did not answer within ${deadlineMs} ms`),
      );
    } catch (error) {
      if (this.admin === connection) this.admin = undefined;
      void connection.then((admin) => admin.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  private async connectAdmin(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}
