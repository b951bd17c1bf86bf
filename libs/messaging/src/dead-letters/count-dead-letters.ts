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
