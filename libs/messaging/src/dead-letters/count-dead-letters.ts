import type { Queryable } from '#database';

export interface DeadLetterCount {
  /** Null where the bytes did not tell. */
  readonly organisationId: string | null;
  readonly connectionId: string | null;
  readonly open: number;
}

/** How many wait for a decision, over all organisations; those with none are left out. */
export async function countDeadLetters(db: Queryable): Promise<DeadLetterCount[]> {
  return db.query<DeadLetterCount>(
    `SELECT organisation_id AS "organisationId", connection_id AS "connectionId", count(*)::int AS open
       FROM messaging.dead_letters WHERE state = 'open' GROUP BY organisation_id, connection_id`,
  );
}

/** How many records of one kind a connection had buried since then, whatever became of them. */
export async function countBurials(
  db: Queryable,
  { connectionId, eventType, since }: { readonly connectionId: string; readonly eventType: string; readonly since: Date },
): Promise<number> {
  const [row] = await db.query<{ buried: number }>(
    `SELECT count(*)::int AS buried FROM messaging.dead_letters WHERE connection_id = $1 AND event_type = $2 AND last_at >= $3`,
    [connectionId, eventType, since],
  );
  return row?.buried ?? 0;
}
