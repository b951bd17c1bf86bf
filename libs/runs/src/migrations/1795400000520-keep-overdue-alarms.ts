import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections of which it was told that a run is overdue, until it was told that this is over. */
export class KeepOverdueAlarms1795400000520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runs.overdue_alarms (
        connection_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        due_at timestamptz NOT NULL,
        raised_at timestamptz NOT NULL
      )`);
    await runner.query('ALTER TABLE runs.schedules DROP COLUMN alarmed_due_at');
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN alarmed_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN alarmed_at timestamptz');
    await runner.query('ALTER TABLE runs.schedules ADD COLUMN alarmed_due_at timestamptz');
    await runner.query('DROP TABLE runs.overdue_alarms');
  }
}
