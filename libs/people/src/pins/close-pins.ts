import type { Tx } from '#database';

/** The tenant came round to what these pins kept: they end, and changing back at once will be held. */
export async function overtakePins(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(`UPDATE people.pins SET state = 'overtaken', closed_at = $2 WHERE id = ANY ($1::uuid[]) AND state = 'open'`, [
    ids,
    now,
  ]);
}
