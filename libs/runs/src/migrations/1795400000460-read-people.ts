import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs that read people by their ids instead of whole groups, and the members whose attributes the newest read of their group could
 * not see: nothing else remembers those, since a run publishes nothing about them.
 */
export class ReadPeople1795400000460 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The groups are those that a whole read or a known membership named: a person's own side names inner groups too.
    await runner.query(`
      CREATE TABLE runs.person_reads (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        person_id uuid NOT NULL,
        cause text NOT NULL CHECK (cause IN ('skipped', 'unreadable', 'notApplied')),
        group_ids uuid[] NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'read', 'unreadable', 'missing')),
        read_started_at timestamptz,
        PRIMARY KEY (run_id, person_id)
      )`);
    await runner.query(`
      CREATE TABLE runs.unreadable_members (
        connection_id uuid NOT NULL,
        group_id uuid NOT NULL,
        person_id uuid NOT NULL,
        read_no bigint NOT NULL,
        PRIMARY KEY (connection_id, group_id, person_id)
      )`);
    // What was read of a person themselves has no group.
    await runner.query('ALTER TABLE runs.staged_members ALTER COLUMN group_id DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM runs.staged_members WHERE group_id IS NULL');
    await runner.query('ALTER TABLE runs.staged_members ALTER COLUMN group_id SET NOT NULL');
    await runner.query('DROP TABLE runs.unreadable_members, runs.person_reads');
  }
}
