import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The embedded log: partitions with their next offset, records, and where each consumer group goes on. */
export class CreateLog1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messaging.log_partitions (
        topic text NOT NULL,
        partition smallint NOT NULL,
        next_offset bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (topic, partition)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE messaging.log_records (
        topic text NOT NULL,
        partition smallint NOT NULL,
        "offset" bigint NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        value bytea NOT NULL,
        published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (topic, partition, "offset")
      )`);
    await runner.query('CREATE INDEX log_records_by_age ON messaging.log_records (topic, published_at)');
    await runner.query(`
      CREATE TABLE messaging.log_positions (
        consumer_group text NOT NULL,
        topic text NOT NULL,
        partition smallint NOT NULL,
        next_offset bigint NOT NULL,
        PRIMARY KEY (consumer_group, topic, partition)
      ) WITH (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messaging.log_positions, messaging.log_records, messaging.log_partitions');
  }
}
