import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A pin may keep a single field against the value that the directory has. Views of what can be undone, and of what a run's proof
 * compares with its own read.
 */
export class UndoEffects1795400000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const NO_GROUP = `'00000000-0000-0000-0000-000000000000'::uuid`;

const UP = [
  `ALTER TABLE people.pins ADD COLUMN field text, ADD COLUMN refused text`,
  `DROP INDEX people.pins_open`,
  `CREATE UNIQUE INDEX pins_open ON people.pins
     (connection_id, entra_object_id, (coalesce(group_id, ${NO_GROUP})), (coalesce(field, ''))) WHERE state = 'open'`,
  // What a person did by hand is not the doing of a run or of live sync.
  `CREATE VIEW people.undoable_effects AS
     SELECT organisation_id, connection_id, run_id, entra_object_id, applied_at FROM people.journal
      WHERE cause_kind <> 'person' AND type <> 'rollcall.membership.held'`,
  `CREATE VIEW people.granted_members AS
     SELECT g.organisation_id, g.connection_id, g.group_id, g.entra_object_id, g.source, a.status, a.display_name
       FROM people.grants g JOIN people.accounts a ON a.id = g.account_id`,
  `CREATE VIEW people.standing_orders AS
     SELECT organisation_id, connection_id, group_id, entra_object_id, 'held' AS kept FROM people.held_changes WHERE state = 'open'
      UNION ALL
     SELECT organisation_id, connection_id, group_id, entra_object_id, 'pinned' FROM people.pins WHERE state = 'open' AND field IS NULL`,
];

const DOWN = [
  `DROP VIEW people.standing_orders, people.granted_members, people.undoable_effects`,
  `DELETE FROM people.pins WHERE field IS NOT NULL`,
  `DROP INDEX people.pins_open`,
  `ALTER TABLE people.pins DROP COLUMN field, DROP COLUMN refused`,
  `CREATE UNIQUE INDEX pins_open ON people.pins (connection_id, entra_object_id, (coalesce(group_id, ${NO_GROUP}))) WHERE state = 'open'`,
];
