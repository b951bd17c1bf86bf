import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections whose end an admin asked to take their accounts along. */
export class CreateDisbandedConnections1795400000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people.disbanded_connections (
        connection_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        disbanded_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE people.disbanded_connections');
  }
}
