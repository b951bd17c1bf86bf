import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when the first of those who can be activated is here, from the same index that counts them. */
export class SinceWhenPeopleWait1795400000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people.accounts_by_status');
    await runner.query(
      'CREATE INDEX accounts_by_status ON people.accounts (connection_id, status, created_at) INCLUDE (organisation_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people.accounts_by_status');
    await runner.query('CREATE INDEX accounts_by_status ON people.accounts (connection_id, status) INCLUDE (organisation_id)');
  }
}
