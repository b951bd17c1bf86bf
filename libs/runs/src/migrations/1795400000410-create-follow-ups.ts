import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Groups that are to be read once more at a certain time: after `settle`, or because a baseline could not read them. */
export class CreateFollowUps1795400000410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runs.follow_ups (
        connection_id uuid NOT NULL,
        group_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        reason text NOT NULL,
        due_at timestamptz NOT NULL,
        PRIMARY KEY (connection_id, group_id)
      )`);
    await runner.query('CREATE INDEX follow_ups_due ON runs.follow_ups (due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE runs.follow_ups');
  }
}
