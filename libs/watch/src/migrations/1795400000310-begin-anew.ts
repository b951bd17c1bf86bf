import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Chains and subscriptions that take the place of old ones because a sync run from scratch asked for it. */
export class BeginAnew1795400000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // asked: no link yet · linked: the run reads its groups after this link was taken · read: the run has read them all
    await runner.query(`
      ALTER TABLE watch.chains ADD COLUMN anew_run_id uuid,
        ADD COLUMN anew_state text CHECK (anew_state IN ('asked', 'linked', 'read'))`);
    await runner.query('CREATE INDEX chains_anew ON watch.chains (anew_run_id) WHERE anew_run_id IS NOT NULL');
    await runner.query('ALTER TABLE watch.subscriptions ADD COLUMN make_anew boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch.subscriptions DROP COLUMN make_anew');
    await runner.query('DROP INDEX watch.chains_anew');
    await runner.query('ALTER TABLE watch.chains DROP COLUMN anew_state, DROP COLUMN anew_run_id');
  }
}
