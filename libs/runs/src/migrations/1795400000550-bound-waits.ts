import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a run waits without having gone on in between: no wait lasts for ever. */
export class BoundWaits1795400000550 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN waits_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN waits_since');
  }
}
