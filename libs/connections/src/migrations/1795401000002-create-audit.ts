import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed which setting. Append-only: the database itself refuses to change or delete an entry. */
export class CreateAudit1795401000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connections.audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organisation_id uuid NOT NULL,
        connection_id uuid,
        actor_kind text NOT NULL,
        actor_id text NOT NULL,
        action text NOT NULL,
        before jsonb,
        after jsonb,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX audit_organisation ON connections.audit (organisation_id, id DESC);

      CREATE FUNCTION connections.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit is append-only';
      END $$;
      CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON connections.audit
        FOR EACH STATEMENT EXECUTE FUNCTION connections.refuse_audit_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connections.audit; DROP FUNCTION connections.refuse_audit_change()');
  }
}
