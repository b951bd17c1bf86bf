import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A page of a run that no handler could take is answered too: refused, with the reason. The rounds of a run that ended early are
 * closed, so that no page of them waits for others that never come.
 */
export class AnswerEveryRunPage1795400000240 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE people.closed_rounds (
     organisation_id uuid NOT NULL,
     connection_id uuid NOT NULL,
     run_id uuid NOT NULL,
     round_id text NOT NULL,
     code text NOT NULL,
     message text NOT NULL,
     closed_at timestamptz NOT NULL,
     PRIMARY KEY (run_id, round_id)
   )`,
  `CREATE INDEX closed_rounds_age ON people.closed_rounds (closed_at)`,
  `ALTER TABLE people.plan_outcomes ADD COLUMN message text, DROP CONSTRAINT plan_outcomes_outcome_check,
     ADD CONSTRAINT plan_outcomes_outcome_check CHECK (outcome IN ('applied', 'stale', 'held', 'failed'))`,
  `CREATE OR REPLACE VIEW people.answered_plan_changes AS
     SELECT organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, recorded_at, message
       FROM people.plan_outcomes`,
  `CREATE OR REPLACE VIEW people.known_people AS
     SELECT p.organisation_id, p.connection_id, p.entra_object_id, p.revision, p.user_state, p.attributes, p.unreadable,
            p.user_read_no, p.user_page, p.skip_code, a.id AS account_id, a.status, p.deferred
       FROM people.persons p
            LEFT JOIN people.accounts a ON a.connection_id = p.connection_id AND a.entra_object_id = p.entra_object_id
      WHERE p.user_state IS NOT NULL`,
];

const DOWN = [
  `DROP VIEW people.known_people`,
  `CREATE VIEW people.known_people AS
     SELECT p.organisation_id, p.connection_id, p.entra_object_id, p.revision, p.user_state, p.attributes, p.unreadable,
            p.user_read_no, p.user_page, p.skip_code, a.id AS account_id, a.status
       FROM people.persons p
            LEFT JOIN people.accounts a ON a.connection_id = p.connection_id AND a.entra_object_id = p.entra_object_id
      WHERE p.user_state IS NOT NULL`,
  `DROP VIEW people.answered_plan_changes`,
  `CREATE VIEW people.answered_plan_changes AS
     SELECT organisation_id, connection_id, run_id, change_id, entra_object_id, outcome, code, recorded_at FROM people.plan_outcomes`,
  `DELETE FROM people.plan_outcomes WHERE outcome = 'failed'`,
  `ALTER TABLE people.plan_outcomes DROP COLUMN message, DROP CONSTRAINT plan_outcomes_outcome_check,
     ADD CONSTRAINT plan_outcomes_outcome_check CHECK (outcome IN ('applied', 'stale', 'held'))`,
  `DROP TABLE people.closed_rounds`,
];
