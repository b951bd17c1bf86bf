import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether everybody of the tenant is watched (`scope.mode: allUsers`), not only whom a membership named. */
export class WatchEverybody1795400000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch.watched_connections ADD COLUMN everybody boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch.watched_connections DROP COLUMN everybody');
  }
}
