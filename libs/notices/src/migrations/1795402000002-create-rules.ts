import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told of what, by which way, and when not. Without a connection a row is the organisation's default. Addresses are sealed. */
export class CreateRules1795402000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notices.rules (
        organisation_id uuid NOT NULL,
        connection_id uuid,
        kind text NOT NULL,
        recipients uuid[] NOT NULL,
        channels text[] NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE NULLS NOT DISTINCT (organisation_id, connection_id, kind)
      );

      CREATE TABLE notices.destinations (
        organisation_id uuid NOT NULL,
        connection_id uuid,
        channel text NOT NULL CHECK (channel IN ('teams', 'webhook')),
        host text NOT NULL,
        key_id text NOT NULL,
        sealed text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE NULLS NOT DISTINCT (organisation_id, connection_id, channel)
      );

      CREATE TABLE notices.preferences (
        member_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        zone text,
        quiet_from text,
        quiet_to text,
        digest_at text,
        digest_channels text[] NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE notices.digests (
        member_id uuid NOT NULL,
        day date NOT NULL,
        composed_at timestamptz NOT NULL,
        PRIMARY KEY (member_id, day)
      );

      CREATE TABLE notices.channel_states (
        channel text PRIMARY KEY,
        is_on boolean NOT NULL,
        reason text,
        reported_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE notices.channel_states, notices.digests, notices.preferences, notices.destinations, notices.rules',
    );
  }
}
