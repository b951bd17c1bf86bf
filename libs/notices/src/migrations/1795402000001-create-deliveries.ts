import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The durable list of what has to be sent, to whom, by which channel: once per alert, state and recipient. The inbox is what the
 * console shows under the bell.
 */
export class CreateDeliveries1795402000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notices.deliveries (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        position bigint GENERATED ALWAYS AS IDENTITY,
        organisation_id uuid NOT NULL,
        connection_id uuid,
        alert_id uuid REFERENCES notices.alerts (id) ON DELETE CASCADE,
        event_id text NOT NULL,
        told text NOT NULL,
        kind text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('inProduct', 'mail', 'teams', 'webhook')),
        recipient text NOT NULL,
        is_urgent boolean NOT NULL,
        message jsonb NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'replaced', 'superseded')),
        attempts integer NOT NULL DEFAULT 0,
        max_attempts integer NOT NULL,
        due_at timestamptz NOT NULL,
        is_held_for_quiet boolean NOT NULL DEFAULT false,
        lease_owner text,
        lease_token bigint NOT NULL DEFAULT 0,
        lease_until timestamptz,
        created_at timestamptz NOT NULL,
        settled_at timestamptz
      );
      CREATE UNIQUE INDEX deliveries_once ON notices.deliveries (alert_id, told, channel, recipient) WHERE alert_id IS NOT NULL;
      CREATE INDEX deliveries_due ON notices.deliveries (due_at) WHERE state = 'waiting';
      CREATE INDEX deliveries_leased ON notices.deliveries (organisation_id) WHERE lease_until IS NOT NULL;
      CREATE INDEX deliveries_listing ON notices.deliveries (organisation_id, position DESC);
      CREATE INDEX deliveries_age ON notices.deliveries (settled_at) WHERE state <> 'waiting';

      CREATE TABLE notices.attempts (
        delivery_id uuid NOT NULL REFERENCES notices.deliveries (id) ON DELETE CASCADE,
        number integer NOT NULL,
        at timestamptz NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('delivered', 'refused', 'failed')),
        code text NOT NULL,
        answer text NOT NULL,
        PRIMARY KEY (delivery_id, number)
      );

      CREATE TABLE notices.inbox (
        id uuid PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        organisation_id uuid NOT NULL,
        connection_id uuid,
        member_id uuid NOT NULL,
        alert_id uuid REFERENCES notices.alerts (id) ON DELETE CASCADE,
        kind text NOT NULL,
        message jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz
      );
      CREATE INDEX inbox_listing ON notices.inbox (organisation_id, member_id, position DESC);
      CREATE INDEX inbox_unread ON notices.inbox (organisation_id, member_id, position DESC) WHERE read_at IS NULL;
      CREATE INDEX inbox_alert ON notices.inbox (alert_id) WHERE alert_id IS NOT NULL;
      CREATE INDEX inbox_age ON notices.inbox (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notices.inbox, notices.attempts, notices.deliveries');
  }
}
