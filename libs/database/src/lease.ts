import { LeaseLostError } from './errors.js';
import type { Tx } from './database.js';

/**
 * A lease on a row, with a fencing token: the row's table has `lease_owner text`, `lease_token bigint not null default 0` and
 * `lease_until timestamptz`. Claiming raises the token; every commit of the holder checks it, so a holder that slept through its
 * lease cannot write over its successor. Time is the database's, so replicas need no equal clocks.
 */
export interface LeasedTable {
  /** Schema-qualified, a constant of the calling code. */
  readonly table: string;
  readonly key: string;
}

export interface Lease {
  readonly key: string;
  readonly token: number;
}

/** Throws `LeaseLostError` unless the caller still holds the lease; locks the row until the transaction ends. */
export async function assertLease(tx: Tx, { table, key }: LeasedTable, lease: Lease): Promise<void> {
  const rows = await tx.query(`SELECT 1 FROM ${table} WHERE ${key} = $1 AND lease_token = $2 FOR UPDATE`, [
    lease.key,
    lease.token,
  ]);
  if (rows.length === 0) throw new LeaseLostError(`${table} ${lease.key}`);
}

/** Prolongs the lease; false when it was lost. It may wait for a long transaction of the holder, so the time is that of the write. */
export async function extendLease(
  db: Pick<Tx, 'query'>,
  { table, key }: LeasedTable,
  lease: Lease,
  leaseMs: number,
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE ${table} SET lease_until = clock_timestamp() + $3 * interval '1 millisecond' WHERE ${key} = $1 AND lease_token = $2 RETURNING 1`,
    [lease.key, lease.token, leaseMs],
  );
  return rows.length > 0;
}

/** Gives the lease back. Harmless when it was lost meanwhile. */
export async function releaseLease(db: Pick<Tx, 'query'>, { table, key }: LeasedTable, lease: Lease): Promise<void> {
  await db.query(`UPDATE ${table} SET lease_owner = NULL, lease_until = NULL WHERE ${key} = $1 AND lease_token = $2`, [
    lease.key,
    lease.token,
  ]);
}
