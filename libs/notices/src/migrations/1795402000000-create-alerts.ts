import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is wrong now, and what was. `causes` remembers the newest word on each member of a cause, so that a late fact changes nothing;
 * the unique index lets one cause have one open alert.
 */
export class CreateAlerts1795402000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notices.heard_events (
        event_id text PRIMARY KEY,
        heard_at timestamptz NOT NULL
      );
      CREATE INDEX heard_events_age ON notices.heard_events (heard_at);

      CREATE TABLE notices.causes (
        organisation_id uuid NOT NULL,
        cause text NOT NULL,
        member text NOT NULL,
        is_raised boolean NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (organisation_id, cause, member)
      );
      CREATE INDEX causes_age ON notices.causes (changed_at) WHERE NOT is_raised;

      CREATE TABLE notices.alerts (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organisation_id uuid NOT NULL,
        connection_id uuid,
        kind text NOT NULL,
        cause text NOT NULL,
        stage text NOT NULL,
        is_urgent boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'resolved')),
        count integer NOT NULL DEFAULT 1,
        content jsonb NOT NULL,
        opened_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        resolved_at timestamptz
      );
      CREATE UNIQUE INDEX alerts_open ON notices.alerts (organisation_id, cause) WHERE state = 'open';
      CREATE UNIQUE INDEX alerts_run_finished ON notices.alerts (organisation_id, cause) WHERE kind = 'runFinished';
      CREATE INDEX alerts_listing ON notices.alerts (organisation_id, opened_at DESC, id DESC);
      CREATE INDEX alerts_connection ON notices.alerts (connection_id) WHERE state = 'open';
      CREATE INDEX alerts_age ON notices.alerts (resolved_at) WHERE state = 'resolved';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notices.alerts, notices.causes, notices.heard_events');
  }
}
