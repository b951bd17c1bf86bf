import { onlyRow, type Queryable } from '#database';

export interface OutboxStatus {
  readonly records: number;
  /** Age of the oldest record, 0 where there is none. */
  readonly oldestSeconds: number;
}

/** Size and age of the outbox, for metrics: a growing age means that the log is away or no relay runs. */
export async function outboxStatus(db: Queryable): Promise<OutboxStatus> {
  return onlyRow(
    await db.query<OutboxStatus>(
      `SELECT count(*) AS records,
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "oldestSeconds"
         FROM messaging.outbox`,
    ),
  );
}
