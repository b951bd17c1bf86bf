import { deadLetterTopic, TOPIC_PARTITIONS, TOPICS, type Log, type TopicName } from '#contracts';
import { isDatabaseAway, type Database, type NotificationListener } from '#database';
import { withDeadline } from '../deadline.js';
import { LogUnavailableError } from '../errors.js';
import type { LogEngine, LogPublisher, LogSource, Readiness } from '../log-engine.js';
import { EmbeddedLogPublisher } from './embedded-log-publisher.js';
import { EmbeddedLogSource } from './embedded-log-source.js';

export interface EmbeddedLogOptions {
  readonly db: Database;
  readonly listener: Pick<NotificationListener, 'on'>;
  readonly log: Log;
}

const READY_DEADLINE_MS = 3_000;

/** The log in Postgres tables, for one process: no broker, the same records in the same order. */
export class EmbeddedLogEngine implements LogEngine {
  readonly system = 'rollcall_log';

  constructor(private readonly options: EmbeddedLogOptions) {}

  async ensureTopics(group?: string): Promise<void> {
    const facts = Object.values(TOPICS).map(({ name }) => name);
    const deadLetters = group === undefined ? [] : facts.map((topic) => deadLetterTopic(group, topic));
    await this.options.db.query(
      `INSERT INTO messaging.log_partitions (topic, partition)
       SELECT topic, partition FROM unnest($1::text[]) topic, generate_series(0, $2::int - 1) partition
       ON CONFLICT DO NOTHING`,
      [[...facts, ...deadLetters], TOPIC_PARTITIONS],
    );
  }

  publisher(): LogPublisher {
    return new EmbeddedLogPublisher(this.options.db);
  }

  source(group: string): LogSource {
    return new EmbeddedLogSource({ ...this.options, group });
  }

  async rewind(group: string, topic: TopicName, partition: number, nextOffset: number): Promise<void> {
    await this.options.db.query(
      `INSERT INTO messaging.log_positions (consumer_group, topic, partition, next_offset) VALUES ($1, $2, $3, $4)
       ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
      [group, topic, partition, nextOffset],
    );
  }

  async isReady(): Promise<Readiness> {
    try {
      const look = this.options.db.query('SELECT 1 FROM messaging.log_partitions LIMIT 1');
      await withDeadline(look, READY_DEADLINE_MS, () => new LogUnavailableError('the database does not answer'));
      return { ready: true };
    } catch (error) {
      return { ready: false, reason: isDatabaseAway(error) ? 'the database is away' : String(error) };
    }
  }

  async close(): Promise<void> {
    // The database belongs to the caller.
  }
}
