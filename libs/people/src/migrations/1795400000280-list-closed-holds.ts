import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was held and is not any more is shown too: newest first, of an organisation, and of one account. */
export class ListClosedHolds1795400000280 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX held_changes_closed_of_organisation ON people.held_changes (organisation_id, closed_at DESC, id DESC)
        WHERE state <> 'open'`,
    );
    await runner.query('CREATE INDEX held_changes_of_account ON people.held_changes (account_id) WHERE account_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people.held_changes_of_account, people.held_changes_closed_of_organisation');
  }
}
