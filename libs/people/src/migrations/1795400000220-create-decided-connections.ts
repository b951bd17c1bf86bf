import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rules of each connection under which everybody in it was last decided about. */
export class CreateDecidedConnections1795400000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people.decided_connections (
        connection_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        rules_digest text NOT NULL,
        decided_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE people.decided_connections');
  }
}
