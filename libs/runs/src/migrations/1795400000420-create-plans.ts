import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored plans: one row per change that a run would make, or per person whom it would skip. */
export class CreatePlans1795400000420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runs.planned_changes (
        id uuid PRIMARY KEY,
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        seq int NOT NULL,
        ordinal int NOT NULL,
        action text NOT NULL CHECK (action IN ('create', 'update', 'deactivate', 'reactivate', 'grant', 'revoke', 'skip')),
        entra_object_id uuid NOT NULL,
        display_name text,
        account_id uuid,
        group_id uuid,
        before jsonb,
        after jsonb,
        decision text NOT NULL DEFAULT 'apply' CHECK (decision IN ('apply', 'skip')),
        kept_fields text[] NOT NULL DEFAULT '{}',
        carried_over boolean NOT NULL DEFAULT false,
        outcome text CHECK (outcome IN ('applied', 'skipped', 'stale', 'failed')),
        code text,
        UNIQUE (run_id, seq, ordinal)
      )`);
    await runner.query('CREATE INDEX planned_changes_by_person ON runs.planned_changes (run_id, entra_object_id)');
    // Two newcomers of one plan may want the same address.
    await runner.query(
      `CREATE INDEX planned_changes_by_email ON runs.planned_changes (run_id, (lower(after->>'email'))) WHERE after->>'email' IS NOT NULL`,
    );
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN lined_up_at timestamptz');
    await runner.query(`ALTER TABLE runs.sync_runs ADD COLUMN planned_seq int NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE runs.sync_runs ADD COLUMN is_reviewed boolean NOT NULL DEFAULT false`);
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN checked_seq int NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE runs.sync_runs ADD COLUMN is_settled boolean NOT NULL DEFAULT false');
    await runner.query('ALTER TABLE runs.planned_people ADD COLUMN is_stale boolean NOT NULL DEFAULT false');
    await runner.query(`ALTER TABLE runs.planned_people ADD COLUMN loses boolean NOT NULL DEFAULT false`);
    await runner.query(`ALTER TABLE runs.published_pages ADD COLUMN round_id text`);
    await runner.query(`ALTER TABLE runs.published_pages ADD COLUMN is_counted boolean NOT NULL DEFAULT true`);
    await runner.query(`CREATE INDEX sync_runs_waiting ON runs.sync_runs (expires_at) WHERE state = 'awaitingReview'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX runs.sync_runs_waiting');
    await runner.query('ALTER TABLE runs.published_pages DROP COLUMN is_counted, DROP COLUMN round_id');
    await runner.query('ALTER TABLE runs.planned_people DROP COLUMN loses, DROP COLUMN is_stale');
    await runner.query(
      'ALTER TABLE runs.sync_runs DROP COLUMN lined_up_at, DROP COLUMN checked_seq, DROP COLUMN is_settled, DROP COLUMN planned_seq, DROP COLUMN is_reviewed',
    );
    await runner.query('DROP TABLE runs.planned_changes');
  }
}
