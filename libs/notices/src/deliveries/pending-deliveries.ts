import { onlyRow, type Queryable } from '#database';

export interface PendingDeliveries {
  readonly waiting: number;
  /** How long the oldest one has been due, 0 where none is. */
  readonly oldestSeconds: number;
}

/** For metrics: a growing age means that a receiver is away or no deliverer runs. */
export async function pendingDeliveries(db: Queryable, now: Date): Promise<PendingDeliveries> {
  return onlyRow(
    await db.query<PendingDeliveries>(
      `SELECT count(*)::int AS waiting, GREATEST(0, coalesce(extract(epoch FROM $1 - min(due_at)), 0))::float8 AS "oldestSeconds"
       FROM notices.deliveries WHERE state = 'waiting'`,
      [now],
    ),
  );
}
