import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trace (W3C traceparent) in which a delivery was planned: it is sent later, and perhaps by another process. */
export class CarryTraces1795402000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices.deliveries ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices.deliveries DROP COLUMN traceparent');
  }
}
