import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person's unit is written by each of its pages, so the second writing finds room beside the first. */
export class LeaveRoomInPlanUnits1795400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE people.plan_units SET (fillfactor = 50)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE people.plan_units RESET (fillfactor)');
  }
}
