import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import { withDeadline } from '../deadline.js';
import { LogUnavailableError } from '../errors.js';
import type { LogPublisher, PublishedRecord } from '../log-engine.js';

const SEND_DEADLINE_MS = 60_000;

/**
 * A plain producer that waits for all replicas. Never the idempotent one: kafkajs' loses acknowledged messages when a connection
 * is cut, this one only repeats them. Keys choose partitions as in the Java client.
 */
export class KafkaPublisher implements LogPublisher {
  private connection: Promise<Producer> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
    private readonly ensureTopics: () => Promise<void>,
  ) {}

  async publish(records: readonly PublishedRecord[]): Promise<void> {
    if (records.length === 0) return;
    const connection = (this.connection ??= this.connect());
    const sending = connection.then((producer) => this.send(producer, records));
    try {
      await withDeadline(sending, SEND_DEADLINE_MS, () => new LogUnavailableError('Kafka did not take a batch in time'));
    } catch (error) {
      this.forget(connection);
      throw error;
    }
  }

  async close(): Promise<void> {
    const producer = await this.connection?.catch(() => undefined);
    this.connection = undefined;
    await producer?.disconnect();
  }

  private async send(producer: Producer, records: readonly PublishedRecord[]): Promise<void> {
    await producer.sendBatch({
      acks: -1,
      timeout: 10_000,
      compression: kafkajs.CompressionTypes.GZIP,
      topicMessages: [...this.byTopic(records)].map(([topic, messages]) => ({ topic, messages })),
    });
  }

  private async connect(): Promise<Producer> {
    await this.ensureTopics();
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      idempotent: false,
    });
    await producer.connect();
    return producer;
  }

  /** After a failure the next send begins with a new producer, which also looks for the topics again. */
  private forget(connection: Promise<Producer>): void {
    if (this.connection === connection) this.connection = undefined;
    void connection.then((producer) => producer.disconnect()).catch(() => undefined);
  }

  private byTopic(records: readonly PublishedRecord[]): Map<string, Message[]> {
    const topics = new Map<string, Message[]>();
    for (const { topic, key, value, headers } of records) {
      const messages = topics.get(this.prefix + topic) ?? [];
      topics.set(this.prefix + topic, messages);
      messages.push({ key, value, headers: { ...headers } });
    }
    return topics;
  }
}
