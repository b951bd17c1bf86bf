import type { Database } from '#database';
import { joinedAsSets } from '../comparing/joined-as-sets.js';

/** Where the removal page of one group stands among all that the run publishes for it. */
export interface RoundPlace {
  readonly id: string;
  readonly index: number;
  readonly pages: number;
}

/** In which portions of the order somebody leaves a group, group by group. */
export type RemovalRounds = ReadonlyMap<string, readonly number[]>;

/**
 * The removals of a run are judged together, group by group (invariant 5): provisioning keeps the pages of a round until the last.
 * People are published in fixed portions of their order, so each group's number of pages is known beforehand. Whoever comes in and leaves
 * a group by the same plan loses nothing of an account, and is in no round. Passes over all that the run takes away; nothing of it
 * changes any more once the run applies.
 */
export async function findRemovalRounds(database: Database, runId: string, portionSize: number): Promise<RemovalRounds> {
  const rows = await database.transaction((tx) =>
    joinedAsSets(tx, () => tx.query<{ groupId: string; portions: number[] }>(ROUNDS, [runId, portionSize])),
  );
  return new Map(rows.map(({ groupId, portions }) => [groupId, portions]));
}

/** The places of the removal pages of one portion, which begins after `from`. */
export function placesInRounds(
  rounds: RemovalRounds,
  runId: string,
  portion: { readonly from: number; readonly size: number },
): Map<string, RoundPlace> {
  const number = Math.floor(portion.from / portion.size);
  const places = [...rounds].flatMap(([groupId, portions]): [string, RoundPlace][] => {
    const index = portions.indexOf(number);
    return index < 0 ? [] : [[groupId, { id: `${runId}:${groupId}`, index, pages: portions.length }]];
  });
  return new Map(places);
}

const ROUNDS = `
  SELECT d.group_id AS "groupId", array_agg(DISTINCT (p.seq - 1) / $2 ORDER BY (p.seq - 1) / $2) AS portions
  FROM runs.differences d JOIN runs.planned_people p ON p.run_id = d.run_id AND p.person_id = d.person_id
  WHERE d.run_id = $1 AND d.kind = 'removed' AND NOT EXISTS (
    SELECT 1 FROM runs.planned_changes c WHERE c.run_id = d.run_id AND c.entra_object_id = d.person_id AND CASE c.decision
      WHEN 'skip' THEN c.action = 'deactivate' OR (c.action = 'revoke' AND c.group_id = d.group_id)
      ELSE c.action IN ('create', 'reactivate') END)
  GROUP BY d.group_id`;
