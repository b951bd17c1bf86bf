import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each connection's next scheduled run is due. `schedule` is what it was computed from: another one is computed anew. */
export class CreateSchedules1795400000430 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runs.schedules (
        connection_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        schedule jsonb NOT NULL,
        next_due_at timestamptz NOT NULL,
        alarmed_due_at timestamptz
      )`);
    await runner.query('CREATE INDEX schedules_due ON runs.schedules (next_due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE runs.schedules');
  }
}
