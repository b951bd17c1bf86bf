import type { Queryable } from '#database';

export interface HeldForReview {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly waiting: number;
}

/**
 * Live changes that wait because the setting `apply` asks for a review, of one connection or of all; connections without any are left
 * out.
 */
export async function countHeldForReview(db: Queryable, connectionId: string | null = null): Promise<HeldForReview[]> {
  return db.query<HeldForReview>(
    `SELECT organisation_id AS "organisationId", connection_id AS "connectionId", count(*)::int AS waiting
       FROM people.held_changes WHERE state = 'open' AND code = 'REVIEW' AND ($1::uuid IS NULL OR connection_id = $1)
      GROUP BY organisation_id, connection_id`,
    [connectionId],
  );
}
