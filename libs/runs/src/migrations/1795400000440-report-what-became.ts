import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a planned change failed, in words; and the rows that retention looks for. */
export class ReportWhatBecame1795400000440 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.planned_changes ADD COLUMN note text');
    await runner.query('CREATE INDEX sync_runs_ended ON runs.sync_runs (ended_at) WHERE ended_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX runs.sync_runs_ended');
    await runner.query('ALTER TABLE runs.planned_changes DROP COLUMN note');
  }
}
