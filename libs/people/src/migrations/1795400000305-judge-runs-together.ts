import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the guard said about a run as a whole before its first page was published, and what a run must know to ask it: who counts as
 * lost already, who is live, and what is held anyway.
 */
export class JudgeRunsTogether1795400000305 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE people.run_trips (
     organisation_id uuid NOT NULL,
     connection_id uuid NOT NULL,
     run_id uuid NOT NULL,
     group_id uuid,
     code text NOT NULL,
     lost integer NOT NULL,
     base integer NOT NULL,
     allowed integer,
     judged_at timestamptz NOT NULL
   )`,
  `CREATE UNIQUE INDEX run_trips_scope ON people.run_trips (run_id, (coalesce(group_id, '00000000-0000-0000-0000-000000000000'::uuid)))`,
  `CREATE INDEX run_trips_age ON people.run_trips (judged_at)`,
  `CREATE VIEW people.counted_losses AS
     SELECT j.connection_id, j.entra_object_id, scope.group_id, j.applied_at
       FROM people.journal j CROSS JOIN LATERAL (SELECT unnest(j.guard_group_ids) AS group_id UNION ALL SELECT NULL) AS scope
      WHERE j.guard_group_ids IS NOT NULL`,
  `CREATE VIEW people.live_accounts AS
     SELECT organisation_id, connection_id, entra_object_id FROM people.accounts WHERE NOT is_out`,
  `CREATE VIEW people.open_holds AS
     SELECT organisation_id, connection_id, entra_object_id, group_id, action FROM people.held_changes WHERE state = 'open'`,
];

const DOWN = [`DROP VIEW people.open_holds, people.live_accounts, people.counted_losses`, `DROP TABLE people.run_trips`];
