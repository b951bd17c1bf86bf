import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the admin API's live stream replays: ids rise in the order of commit, see `appendToFeed`. */
export class CreateFeed1790000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE messaging.feed (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organisation_id text NOT NULL,
        event_id text NOT NULL UNIQUE,
        event text NOT NULL,
        appended_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('CREATE INDEX feed_by_organisation ON messaging.feed (organisation_id, id)');
    await runner.query('CREATE INDEX feed_by_age ON messaging.feed (appended_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messaging.feed');
  }
}
