import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What others may read of the facts set by set: the comparison of a sync run is an anti-join against these views. They name no
 * more columns than it needs, so the tables behind them stay free to change.
 */
export class CreateComparisonViews1795400000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW people.known_memberships AS
        SELECT organisation_id, connection_id, group_id, member_id, member_type, present, read_no, page, written_by, delta_reported_at
        FROM people.memberships`);
    await runner.query(`
      CREATE VIEW people.known_people AS
        SELECT p.organisation_id, p.connection_id, p.entra_object_id, p.revision, p.user_state, p.attributes, p.unreadable,
               p.user_read_no, p.user_page, p.skip_code, a.id AS account_id, a.status AS account_status
        FROM people.persons p
        LEFT JOIN people.accounts a ON a.connection_id = p.connection_id AND a.entra_object_id = p.entra_object_id`);
    await runner.query(`
      CREATE VIEW people.answered_run_pages AS
        SELECT organisation_id, connection_id, run_id, event_id, counts, applied_at FROM people.run_pages`);
    await runner.query(`
      CREATE VIEW people.run_effects AS
        SELECT organisation_id, connection_id, run_id, type, account_id, entra_object_id, group_id, applied_at
        FROM people.journal WHERE run_id IS NOT NULL`);
    await runner.query(`
      CREATE VIEW people.answered_plan_changes AS
        SELECT organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, recorded_at FROM people.plan_outcomes`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP VIEW people.answered_plan_changes, people.run_effects, people.answered_run_pages, people.known_people, people.known_memberships`,
    );
  }
}
