import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every process must know before a request: answers already given to an idempotency key, and how long Graph asked to wait. */
export class CreateRequestRecords1795401000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connections.idempotency_keys (
        organisation_id uuid NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        status integer,
        answer jsonb,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (organisation_id, key)
      );
      CREATE INDEX idempotency_keys_age ON connections.idempotency_keys (created_at);

      CREATE TABLE connections.throttles (
        tenant_id text NOT NULL,
        client_id text NOT NULL,
        blocked_until timestamptz,
        reason text,
        load double precision,
        load_at timestamptz,
        PRIMARY KEY (tenant_id, client_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connections.throttles, connections.idempotency_keys');
  }
}
