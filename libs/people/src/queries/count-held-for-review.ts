import type { Queryable } from '#database';

export interface HeldForReview {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly waiting: number;
}

/** Live changes that wait because the setting `apply` asks for a review, over all organisations; connections without any are left out. */
export async function countHeldForReview(db: Queryable): Promise<HeldForReview[]> {
  return db.query<HeldForReview>(
    `SELECT organisation_id AS "organisationId", connection_id AS "connectionId", count(*)::int AS waiting
       FROM people.held_changes WHERE state = 'open' AND code = 'REVIEW' GROUP BY organisation_id, connection_id`,
  );
}
