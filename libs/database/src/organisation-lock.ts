import type { Tx } from './database.js';
import { onlyRow } from './rows.js';

const LOCK_SPACE = 0x52434c; // "RCL": keeps our advisory locks apart from anybody else's in the same database

/**
 * One writer per organisation: every transaction that decides about people takes this lock first, in a statement of its own, so
 * that the statements after it see what the previous holder committed. Held until the transaction ends.
 */
export async function lockOrganisation(tx: Tx, organisationId: string): Promise<void> {
  await lockNamed(tx, `organisation:${organisationId}`);
}

/** The same lock for anything else that must be serial; `name` is hashed to 32 bits, so a collision only waits. */
export async function lockNamed(tx: Tx, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK_SPACE, name]);
}

/** The same lock for work that one replica does for all: false, at once, where another one is at it. */
export async function tryLockNamed(tx: Tx, name: string): Promise<boolean> {
  const { locked } = onlyRow(
    await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS locked', [LOCK_SPACE, name]),
  );
  return locked;
}
