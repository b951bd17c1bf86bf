import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a run proves at its end: group by group, its own complete read against the accounts, and who differs and why. */
export class CreateProofs1795400000470 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The columns of the read are null where the group gave no complete picture: that proves nothing, neither equal nor different.
    await runner.query(`
      CREATE TABLE runs.group_proofs (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        group_id uuid NOT NULL,
        read_people int,
        read_digest text,
        account_people int NOT NULL,
        account_digest text NOT NULL,
        reasons jsonb NOT NULL DEFAULT '{}',
        code text,
        PRIMARY KEY (run_id, group_id)
      )`);
    await runner.query(`
      CREATE TABLE runs.proof_differences (
        run_id uuid NOT NULL REFERENCES runs.sync_runs ON DELETE CASCADE,
        group_id uuid NOT NULL,
        entra_object_id uuid NOT NULL,
        display_name text,
        side text NOT NULL CHECK (side IN ('onlyInEntra', 'onlyHere')),
        why text NOT NULL CHECK (why IN ('pinned', 'held', 'byHand', 'unreadable', 'unconfirmed', 'leftOut', 'skipped', 'failed',
          'stale', 'changedSince', 'unexplained')),
        code text,
        PRIMARY KEY (run_id, group_id, entra_object_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE runs.proof_differences, runs.group_proofs');
  }
}
