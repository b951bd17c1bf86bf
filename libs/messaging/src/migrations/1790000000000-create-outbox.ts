import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows live for milliseconds, so vacuum is told to come by number, not by share of the table. */
export class CreateOutbox1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messaging.outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        shard smallint NOT NULL,
        topic text NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        value bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`);
    await runner.query('CREATE INDEX outbox_by_shard ON messaging.outbox (shard, id)');
    await runner.query(`
      CREATE TABLE messaging.outbox_shards (
        shard smallint PRIMARY KEY,
        lease_owner text,
        lease_token bigint NOT NULL DEFAULT 0,
        lease_until timestamptz
      )`);
    await runner.query('INSERT INTO messaging.outbox_shards (shard) SELECT generate_series(0, 7)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messaging.outbox_shards, messaging.outbox');
  }
}
