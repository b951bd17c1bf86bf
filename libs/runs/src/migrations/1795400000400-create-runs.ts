import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sync runs, the reads of their groups, what those reads found, and the pages they published.
 * `staged_members` is an ordinary logged table: a run that was killed goes on with what it has.
 */
export class CreateRuns1795400000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runs.sync_runs (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        connection_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('full', 'group', 'problems', 'scratch', 'undo')),
        apply text NOT NULL CHECK (apply IN ('automatic', 'review')),
        state text NOT NULL CHECK (state IN ('requested', 'reading', 'comparing', 'awaitingReview', 'approved', 'applying',
          'completed', 'failed', 'cancelled', 'superseded')),
        reason text NOT NULL,
        requested_by text NOT NULL,
        group_ids text[],
        undoes jsonb,
        requested_at timestamptz NOT NULL,
        reading_at timestamptz,
        comparing_at timestamptz,
        found_at timestamptz,
        compared_at timestamptz,
        approved_at timestamptz,
        approved_by text,
        applying_at timestamptz,
        ended_at timestamptz,
        wake_at timestamptz NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        plan_hash text,
        graph_requests int NOT NULL DEFAULT 0,
        people_count int NOT NULL DEFAULT 0,
        published_seq int NOT NULL DEFAULT 0,
        summary jsonb,
        error jsonb,
        superseded_by uuid,
        undone_by uuid,
        expires_at timestamptz,
        lease_owner text,
        lease_token bigint NOT NULL DEFAULT 0,
        lease_until timestamptz
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX sync_runs_one_live_per_connection ON runs.sync_runs (connection_id)
        WHERE state IN ('requested', 'reading', 'comparing', 'approved', 'applying')`);
    await runner.query(`CREATE INDEX sync_runs_by_connection ON runs.sync_runs (connection_id, requested_at DESC, id)`);
    await runner.query(`
      CREATE TABLE runs.group_reads (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        group_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'reading', 'complete', 'unreadable')),
        first_read_no bigint,
        read_no bigint,
        next_link text,
        pages int NOT NULL DEFAULT 0,
        expected_members int NOT NULL DEFAULT 0,
        members int NOT NULL DEFAULT 0,
        unreadable_people int NOT NULL DEFAULT 0,
        read_started_at timestamptz,
        read_at timestamptz,
        code text,
        PRIMARY KEY (run_id, group_id)
      )`);
    await runner.query(`
      CREATE TABLE runs.staged_members (
        run_id uuid NOT NULL,
        group_id uuid NOT NULL,
        member_id uuid NOT NULL,
        member_type text NOT NULL,
        read_no bigint NOT NULL,
        page int NOT NULL,
        read_at timestamptz NOT NULL,
        readable boolean NOT NULL,
        attributes jsonb
      )`);
    await runner.query(`CREATE INDEX staged_members_by_member ON runs.staged_members (run_id, member_id, group_id)`);
    // What the comparison found, fact by fact; it stays here until its change is applied. group_id is null for a person's attributes.
    await runner.query(`
      CREATE TABLE runs.differences (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        person_id uuid NOT NULL,
        group_id uuid,
        kind text NOT NULL CHECK (kind IN ('attributes', 'added', 'removed', 'softDeleted')),
        member_type text NOT NULL,
        attributes jsonb,
        read_no bigint NOT NULL,
        page int NOT NULL,
        read_started_at timestamptz NOT NULL,
        read_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX differences_by_person ON runs.differences (run_id, person_id)`);
    // The people who differ, in the order in which they are published; the run keeps how far it has come (published_seq).
    await runner.query(`
      CREATE TABLE runs.planned_people (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        seq int NOT NULL,
        person_id uuid NOT NULL,
        expected_revision bigint,
        PRIMARY KEY (run_id, seq),
        UNIQUE (run_id, person_id)
      )`);
    // Members whom a complete read did not list. None of them is removed before the person's own side says so too (invariant 4).
    await runner.query(`
      CREATE TABLE runs.removal_candidates (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        group_id uuid NOT NULL,
        member_id uuid NOT NULL,
        read_no bigint NOT NULL,
        checked_at timestamptz,
        outcome text CHECK (outcome IN ('confirmed', 'deleted', 'unconfirmed')),
        code text,
        PRIMARY KEY (run_id, group_id, member_id)
      )`);
    await runner.query(
      `CREATE INDEX removal_candidates_open ON runs.removal_candidates (run_id, member_id) WHERE checked_at IS NULL`,
    );
    await runner.query(`
      CREATE TABLE runs.published_pages (
        event_id uuid PRIMARY KEY,
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        seq int NOT NULL,
        items int NOT NULL,
        published_at timestamptz NOT NULL,
        answered_at timestamptz
      )`);
    await runner.query(`CREATE INDEX published_pages_unanswered ON runs.published_pages (run_id) WHERE answered_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'published_pages',
      'removal_candidates',
      'planned_people',
      'differences',
      'staged_members',
      'group_reads',
      'sync_runs',
    ]) {
      await runner.query(`DROP TABLE runs.${table}`);
    }
  }
}
