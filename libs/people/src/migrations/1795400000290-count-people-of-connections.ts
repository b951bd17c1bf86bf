import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The counts of a connection's health are read from indexes alone: each page that shows a connection asks for them every few seconds,
 * and with 50,000 people the tables were read as a whole (`npm run bench -- pages-api`).
 */
export class CountPeopleOfConnections1795400000290 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  'CREATE INDEX accounts_by_status ON people.accounts (connection_id, status) INCLUDE (organisation_id)',
  'DROP INDEX people.persons_skipped',
  'CREATE INDEX persons_skipped ON people.persons (connection_id, skip_code) INCLUDE (organisation_id) WHERE skip_code IS NOT NULL',
  'DROP INDEX people.held_changes_listed',
  `CREATE INDEX held_changes_listed ON people.held_changes (connection_id, held_at, id) INCLUDE (organisation_id) WHERE state = 'open'`,
];

const DOWN = [
  'DROP INDEX people.held_changes_listed',
  `CREATE INDEX held_changes_listed ON people.held_changes (connection_id, held_at, id) WHERE state = 'open'`,
  'DROP INDEX people.persons_skipped',
  'CREATE INDEX persons_skipped ON people.persons (connection_id, skip_code) WHERE skip_code IS NOT NULL',
  'DROP INDEX people.accounts_by_status',
];
