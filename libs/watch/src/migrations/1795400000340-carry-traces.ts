import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trace (W3C traceparent) of the notice, wherever the time of the notice is kept: a chain, and whoever it names, is read later and
 * perhaps by another process. Null where nothing is traced.
 */
export class CarryTraces1795400000340 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch.due_marks ADD COLUMN traceparent text');
    await runner.query('ALTER TABLE watch.chains ADD COLUMN round_traceparent text, ADD COLUMN reread_traceparent text');
    await runner.query('ALTER TABLE watch.principals ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch.principals DROP COLUMN traceparent');
    await runner.query('ALTER TABLE watch.chains DROP COLUMN reread_traceparent, DROP COLUMN round_traceparent');
    await runner.query('ALTER TABLE watch.due_marks DROP COLUMN traceparent');
  }
}
