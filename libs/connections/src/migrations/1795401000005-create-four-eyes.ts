import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two policies of an organisation, and who had a hand in what waits for a second person. */
export class CreateFourEyes1795401000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE connections.organisations
        ADD COLUMN four_eyes_on_removals boolean NOT NULL DEFAULT false,
        ADD COLUMN connect_as_global_administrator boolean NOT NULL DEFAULT false;
      CREATE TABLE connections.hands (
        organisation_id uuid NOT NULL REFERENCES connections.organisations (id) ON DELETE CASCADE,
        subject text NOT NULL,
        part text NOT NULL CHECK (part IN ('changed', 'approved')),
        actor text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (organisation_id, subject, part, actor)
      );
      CREATE INDEX hands_age ON connections.hands (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE connections.hands;
      ALTER TABLE connections.organisations DROP COLUMN connect_as_global_administrator, DROP COLUMN four_eyes_on_removals;
    `);
  }
}
