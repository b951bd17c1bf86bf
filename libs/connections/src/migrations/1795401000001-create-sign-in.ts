import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time sign-in codes and the sessions they open. Both are kept as hashes: a stolen dump opens nothing. */
export class CreateSignIn1795401000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connections.sign_in_codes (
        code_hash bytea PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES connections.members (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE connections.sessions (
        token_hash bytea PRIMARY KEY,
        member_id uuid NOT NULL REFERENCES connections.members (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sessions_expiry ON connections.sessions (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connections.sessions, connections.sign_in_codes');
  }
}
