import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisations, their members and connections; sealed credentials apart from the rows that answers are made of. */
export class CreateConnections1795401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connections.organisations (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        time_zone text NOT NULL DEFAULT 'UTC',
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE connections.members (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organisation_id uuid NOT NULL REFERENCES connections.organisations (id),
        display_name text NOT NULL,
        email text,
        role text NOT NULL CHECK (role IN ('superAdmin', 'itAdmin', 'viewer')),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX members_email ON connections.members (organisation_id, lower(email));

      CREATE TABLE connections.connections (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organisation_id uuid NOT NULL REFERENCES connections.organisations (id),
        name text NOT NULL,
        tenant_id text NOT NULL,
        client_id text NOT NULL,
        cloud text NOT NULL,
        state text NOT NULL DEFAULT 'created'
          CHECK (state IN ('created', 'enabled', 'paused', 'quarantined', 'disconnected')),
        reason_code text,
        reason_message text,
        next_try_at timestamptz,
        settings jsonb NOT NULL,
        version bigint NOT NULL DEFAULT 1,
        credential_version bigint NOT NULL DEFAULT 1,
        credential_expires_at timestamptz,
        credential_code text,
        credential_failed_at timestamptz,
        credential_tried_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX connections_tenant_client ON connections.connections (tenant_id, client_id) WHERE state <> 'disconnected';
      CREATE INDEX connections_organisation ON connections.connections (organisation_id, id);

      CREATE TABLE connections.watched_groups (
        connection_id uuid NOT NULL REFERENCES connections.connections (id) ON DELETE CASCADE,
        group_id text NOT NULL,
        display_name text,
        added_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (connection_id, group_id)
      );

      CREATE TABLE connections.credentials (
        connection_id uuid NOT NULL REFERENCES connections.connections (id) ON DELETE CASCADE,
        field text NOT NULL,
        key_id text NOT NULL,
        sealed text NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (connection_id, field)
      );
      CREATE INDEX credentials_key ON connections.credentials (key_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE connections.credentials, connections.watched_groups, connections.connections,
        connections.members, connections.organisations
    `);
  }
}
