import type { Queryable } from '#database';

export interface PeopleCounts {
  readonly inactive: number;
  /** Since when the first of the inactive ones is here. */
  readonly inactiveSince: Date | null;
  readonly active: number;
  readonly deactivated: number;
  /** Members without a live account, by reason; whoever left is none of them. */
  readonly skippedByReason: Readonly<Record<string, number>>;
  readonly heldChanges: number;
  readonly pins: number;
  /** People with facts whose effects wait because live sync is off. */
  readonly waiting: number;
}

export async function countPeople(db: Queryable, organisationId: string, connectionId: string): Promise<PeopleCounts> {
  const [counts] = await db.query<PeopleCounts>(COUNTS, [organisationId, connectionId]);
  return (
    counts ?? {
      inactive: 0,
      inactiveSince: null,
      active: 0,
      deactivated: 0,
      skippedByReason: {},
      heldChanges: 0,
      pins: 0,
      waiting: 0,
    }
  );
}

const countOf = (status: string): string =>
  `(SELECT count(*) FROM people.accounts WHERE organisation_id = $1 AND connection_id = $2 AND status = '${status}')`;

// Each count by an index alone (migration CountPeopleOfConnections).
const COUNTS = `
  SELECT ${countOf('inactive')} AS inactive, ${countOf('active')} AS active, ${countOf('deactivated')} AS deactivated,
         (SELECT min(created_at) FROM people.accounts WHERE organisation_id = $1 AND connection_id = $2 AND status = 'inactive') AS "inactiveSince",
         (SELECT coalesce(jsonb_object_agg(skip_code, people), '{}')
            FROM (SELECT skip_code, count(*) AS people FROM people.persons
                   WHERE organisation_id = $1 AND connection_id = $2 AND skip_code <> 'NOT_IN_SCOPE' GROUP BY skip_code) AS skipped) AS "skippedByReason",
         (SELECT count(*) FROM people.held_changes WHERE organisation_id = $1 AND connection_id = $2 AND state = 'open') AS "heldChanges",
         (SELECT count(*) FROM people.pins WHERE organisation_id = $1 AND connection_id = $2 AND state = 'open') AS pins,
         (SELECT count(*) FROM people.persons WHERE organisation_id = $1 AND connection_id = $2 AND deferred) AS waiting`;
