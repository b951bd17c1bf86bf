import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The code of what keeps a run from going on until `wake_at`; null where nothing does. */
export class SayWhatARunWaitsFor1795400000540 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN wait_code text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN wait_code');
  }
}
