import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who cancelled a run; null where nobody did, and of runs that were cancelled before this was kept. */
export class SayWhoCancelled1795400000560 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN cancelled_by text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN cancelled_by');
  }
}
