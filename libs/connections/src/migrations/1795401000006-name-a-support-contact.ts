import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom people of the organisation ask when something fails: shown with every error of the console. */
export class NameASupportContact1795401000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connections.organisations ADD COLUMN support_contact text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connections.organisations DROP COLUMN support_contact');
  }
}
