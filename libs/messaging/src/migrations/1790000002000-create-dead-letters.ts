import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The value is kept as bytes: what could not be handled need not even be text. */
export class CreateDeadLetters1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messaging.dead_letters (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organisation_id text,
        connection_id text,
        consumer_group text NOT NULL,
        topic text NOT NULL,
        partition smallint NOT NULL,
        "offset" bigint NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        value bytea NOT NULL,
        event_id text,
        event_type text,
        reason_code text NOT NULL,
        reason_message text NOT NULL,
        attempts integer NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'discarded')),
        settled_by text,
        settled_at timestamptz
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX dead_letters_by_place
          ON messaging.dead_letters (consumer_group, topic, partition, "offset", coalesce(event_id, ''))`);
    await runner.query('CREATE INDEX dead_letters_by_organisation ON messaging.dead_letters (organisation_id, last_at DESC, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messaging.dead_letters');
  }
}
