import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is needed to tell of silence once: which subscriptions are lost, how many notices are missed when, and who is not swept. */
export class TellOfSilence1795400000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE watch.watched_connections DROP COLUMN subscription_lost, ADD COLUMN lost_resources text[] NOT NULL DEFAULT '{}',
     ADD COLUMN missed_at timestamptz, ADD COLUMN missed_told_at timestamptz, ADD COLUMN missed_ended_at timestamptz`,
  `CREATE TABLE watch.missed_notices (
     connection_id uuid NOT NULL REFERENCES watch.watched_connections (connection_id) ON DELETE CASCADE,
     hour timestamptz NOT NULL,
     changes bigint NOT NULL,
     PRIMARY KEY (connection_id, hour)
   )`,
  // Kept by whoever looks after the sweep from outside; a connection may be here that no sweep ever knew.
  `CREATE TABLE watch.sweep_alarms (
     connection_id uuid PRIMARY KEY,
     organisation_id uuid NOT NULL,
     expected_since timestamptz NOT NULL,
     raised_at timestamptz
   )`,
];

const DOWN = [
  `DROP TABLE watch.sweep_alarms, watch.missed_notices`,
  `ALTER TABLE watch.watched_connections DROP COLUMN lost_resources, DROP COLUMN missed_at, DROP COLUMN missed_told_at,
     DROP COLUMN missed_ended_at, ADD COLUMN subscription_lost boolean NOT NULL DEFAULT false`,
];
