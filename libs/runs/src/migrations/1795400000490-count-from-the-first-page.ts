import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the first page of a run was there: how fast pages come is measured from it, since before it a token and a lease were waited for. */
export class CountFromTheFirstPage1795400000490 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN first_page_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.sync_runs DROP COLUMN first_page_at');
  }
}
