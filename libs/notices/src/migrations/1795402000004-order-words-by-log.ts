import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the newest word on a member stands in its log: clocks do not tell which of two words a few seconds apart is the newer one. */
export class OrderWordsByLog1795402000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices.causes ADD COLUMN log text, ADD COLUMN log_offset bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices.causes DROP COLUMN log, DROP COLUMN log_offset');
  }
}
