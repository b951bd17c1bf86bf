import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every row of a plan is written once more: the revision of each person when the plan is computed, the outcome of each change when it is
 * applied. With room on its own page the second writing leaves the indexes alone.
 */
export class LeaveRoomInPlans1795400000480 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.planned_people SET (fillfactor = 50)');
    await runner.query('ALTER TABLE runs.planned_changes SET (fillfactor = 50)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE runs.planned_changes RESET (fillfactor)');
    await runner.query('ALTER TABLE runs.planned_people RESET (fillfactor)');
  }
}
