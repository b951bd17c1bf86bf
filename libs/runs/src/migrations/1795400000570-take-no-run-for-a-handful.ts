import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['planned_people', 'planned_changes'] as const;

/**
 * The planner keeps no statistics of which runs there are in the tables that have several indexes by run: a run that begins is in none
 * of them, so it was taken for one row, and any of these indexes for as good as the one that was meant. Each address of a newcomer was
 * then looked for among all lines of the plan. Without statistics a run counts as a part of the table, as it is.
 */
export class TakeNoRunForAHandful1795400000570 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE runs.${table} ALTER COLUMN run_id SET STATISTICS 0`);
      // Naming the type that it has forgets what was gathered before, and rewrites nothing.
      await runner.query(`ALTER TABLE runs.${table} ALTER COLUMN run_id TYPE uuid`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE runs.${table} ALTER COLUMN run_id SET STATISTICS -1`);
  }
}
