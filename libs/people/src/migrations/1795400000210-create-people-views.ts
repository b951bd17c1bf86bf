import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other owners may read of this schema: facts that a comparison needs, and the answers to a run's pages. */
export class CreatePeopleViews1795400000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW people.known_memberships AS
        SELECT organisation_id, connection_id, group_id, member_id, member_type, present, read_no, page FROM people.memberships`);
    // People whom a membership named but nobody read yet have no row here.
    await runner.query(`
      CREATE VIEW people.known_people AS
        SELECT p.organisation_id, p.connection_id, p.entra_object_id, p.revision, p.user_state, p.attributes, p.unreadable,
               p.user_read_no, p.user_page, p.skip_code, a.id AS account_id, a.status
          FROM people.persons p
               LEFT JOIN people.accounts a ON a.connection_id = p.connection_id AND a.entra_object_id = p.entra_object_id
         WHERE p.user_state IS NOT NULL`);
    await runner.query(`
      CREATE VIEW people.answered_run_pages AS
        SELECT organisation_id, connection_id, run_id, event_id, counts, applied_at FROM people.run_pages`);
    await runner.query(`
      CREATE VIEW people.answered_plan_changes AS
        SELECT organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, recorded_at FROM people.plan_outcomes`);
    await runner.query(`
      CREATE VIEW people.run_effects AS
        SELECT organisation_id, connection_id, run_id, account_id, entra_object_id, group_id, type
          FROM people.journal WHERE run_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of ['run_effects', 'answered_plan_changes', 'answered_run_pages', 'known_people', 'known_memberships']) {
      await runner.query(`DROP VIEW people.${view}`);
    }
  }
}
