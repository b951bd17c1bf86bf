import { randomInt } from 'node:crypto';
import type { Database } from '#database';
import { eventually } from './eventually.js';

/** Rows that nobody gets past: `when` is a condition on `NEW` and, of an update, `OLD`. */
export interface GatedWrite {
  readonly table: string;
  readonly on: 'INSERT' | 'UPDATE';
  readonly when?: string;
}

/**
 * A closed gate inside Postgres: whoever writes such a row waits there, in the middle of the transaction, until the gate is opened. So
 * a test can stop a process at exactly one statement, however fast the machine is.
 */
export class PostgresGate {
  private readonly key = randomInt(1, 2 ** 31 - 1);
  private release: () => void = () => undefined;
  private holding: Promise<void> = Promise.resolve();

  private constructor(
    private readonly db: Database,
    private readonly write: GatedWrite,
  ) {}

  static async close(db: Database, write: GatedWrite): Promise<PostgresGate> {
    const gate = new PostgresGate(db, write);
    await gate.lock();
    await db.transaction(async (tx) => {
      await tx.query(
        `CREATE FUNCTION public.gate_${gate.key}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM pg_advisory_xact_lock(${gate.key}); RETURN NEW; END $$`,
      );
      await tx.query(
        `CREATE TRIGGER gate_${gate.key} BEFORE ${write.on} ON ${write.table} FOR EACH ROW
         ${write.when === undefined ? '' : `WHEN (${write.when})`} EXECUTE FUNCTION public.gate_${gate.key}()`,
      );
    });
    return gate;
  }

  /** Returns when somebody waits at the gate. */
  async reached(deadlineMs = 60_000): Promise<void> {
    const look = async () => {
      if ((await this.waiting()).length === 0)
        throw new Error(`nobody writes to ${this.write.table} (${this.write.when ?? 'any row'})`);
    };
    await eventually(look, { deadlineMs, everyMs: 20 });
  }

  /** Ends the sessions that wait, as the system does for a process that was killed, and takes the gate away. */
  async remove(): Promise<void> {
    await this.db.query('SELECT pg_terminate_backend(pid, 5000) FROM unnest($1::int[]) AS pid', [await this.waiting()]);
    this.release();
    await this.holding;
    await this.db.query(`DROP TRIGGER gate_${this.key} ON ${this.write.table}`);
    await this.db.query(`DROP FUNCTION public.gate_${this.key}()`);
  }

  private async lock(): Promise<void> {
    const open = new Promise<void>((release) => (this.release = release));
    await new Promise<void>((locked, failed) => {
      this.holding = this.db.transaction(async (tx) => {
        await tx.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [this.key]);
        locked();
        await open;
      });
      this.holding.catch(failed);
    });
  }

  private async waiting(): Promise<number[]> {
    const rows = await this.db.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1::bigint::oid AND NOT granted`,
      [this.key],
    );
    return rows.map(({ pid }) => pid);
  }
}
