import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Members who sign in by the organisation's directory are known by issuer and subject, never by a mail address, which others may come
 * to own. Whoever lost every role has left: the row stays for the sake of names in the audit.
 */
export class IdentifyMembers1795401000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE connections.members ADD COLUMN issuer text, ADD COLUMN subject text, ADD COLUMN left_at timestamptz;
      CREATE UNIQUE INDEX members_identity ON connections.members (organisation_id, issuer, subject);
      ALTER TABLE connections.sessions ADD COLUMN global_administrator_of text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE connections.sessions DROP COLUMN global_administrator_of;
      DROP INDEX connections.members_identity;
      ALTER TABLE connections.members DROP COLUMN left_at, DROP COLUMN subject, DROP COLUMN issuer;
    `);
  }
}
