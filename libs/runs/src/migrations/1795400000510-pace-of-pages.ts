import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How fast the last pages of a run came, older ones fading out: the first ones of a process are slower than all that follow. */
export class PaceOfPages1795400000510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE runs.sync_runs DROP COLUMN first_page_at,
         ADD COLUMN recent_members float8 NOT NULL DEFAULT 0, ADD COLUMN recent_seconds float8 NOT NULL DEFAULT 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE runs.sync_runs DROP COLUMN recent_members, DROP COLUMN recent_seconds, ADD COLUMN first_page_at timestamptz`,
    );
  }
}
