import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Retention looks for these rows by their age, each hour; runs leave millions of them behind. */
export class FindOldPlans1795400000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX plan_units_age ON people.plan_units (recorded_at)');
    await runner.query('CREATE INDEX plan_outcomes_age ON people.plan_outcomes (recorded_at)');
    await runner.query('CREATE INDEX run_pages_age ON people.run_pages (applied_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people.run_pages_age, people.plan_outcomes_age, people.plan_units_age');
  }
}
