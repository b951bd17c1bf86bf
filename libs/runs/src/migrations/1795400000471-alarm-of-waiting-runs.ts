import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether it was told that a run which was asked for does not begin. */
export class AlarmOfWaitingRuns1795400000471 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN alarmed_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN alarmed_at');
  }
}
