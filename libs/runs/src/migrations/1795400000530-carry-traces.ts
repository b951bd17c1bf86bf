import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trace (W3C traceparent) in which a run was requested: its states are worked on later, and by other processes. */
export class CarryTraces1795400000530 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN traceparent');
  }
}
