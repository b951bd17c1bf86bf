import type { Tx } from '#database';
import type { RunLosses } from '#people';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import type { SyncRun } from '../run.js';

/** What the plan of a run takes from whom, counted inside Postgres: the guard judges all of it together. What is held is not lost again. */
export function lossesOf(tx: Tx, { id, connectionId }: SyncRun): RunLosses {
  return {
    ofGroups: (windowStart) => joinedAsSets(tx, () => tx.query(OF_GROUPS, [id, connectionId, windowStart])),
    ofConnection: async (windowStart, heldGroupIds) => {
      const [row] = await joinedAsSets(tx, () =>
        tx.query<{ people: number; leaving: number }>(OF_CONNECTION, [id, connectionId, windowStart, heldGroupIds]),
      );
      return row ?? { people: 0, leaving: 0 };
    },
  };
}

const REMOVALS = `
  removals AS (
    SELECT c.entra_object_id AS person, c.action, c.group_id FROM runs.planned_changes c
     WHERE c.run_id = $1 AND c.decision = 'apply' AND c.action IN ('revoke', 'deactivate') AND NOT EXISTS (
       SELECT 1 FROM people.open_holds h WHERE h.connection_id = $2 AND h.entra_object_id = c.entra_object_id AND h.action = c.action
          AND h.group_id IS NOT DISTINCT FROM c.group_id)),
  losing AS (
    SELECT person, group_id, action FROM removals WHERE action = 'revoke'
     UNION
    SELECT r.person, g.group_id, r.action FROM removals r
      JOIN people.granted_members g ON g.connection_id = $2 AND g.entra_object_id = r.person AND g.source = 'sync'
     WHERE r.action = 'deactivate'),
  lost AS (SELECT DISTINCT entra_object_id AS person, group_id FROM people.counted_losses WHERE connection_id = $2 AND applied_at > $3),
  live AS (SELECT entra_object_id AS person FROM people.live_accounts WHERE connection_id = $2)`;

const OF_GROUPS = `
  WITH ${REMOVALS}
  SELECT loss.group_id AS "groupId", count(*) FILTER (WHERE lost.person IS NULL) AS people, count(live.person) AS leaving
    FROM (SELECT DISTINCT person, group_id FROM losing) AS loss
         LEFT JOIN lost ON lost.person = loss.person AND lost.group_id = loss.group_id
         LEFT JOIN live ON live.person = loss.person
   GROUP BY loss.group_id ORDER BY loss.group_id`;

// A person whose other removal is held keeps the account.
const OF_CONNECTION = `
  WITH ${REMOVALS},
  judged AS (
    SELECT r.person, r.action,
           CASE r.action WHEN 'revoke' THEN r.group_id = ANY ($4::uuid[]) ELSE held.person IS NOT NULL END AS is_held
      FROM removals r LEFT JOIN (SELECT DISTINCT person FROM losing WHERE group_id = ANY ($4::uuid[])) AS held ON held.person = r.person),
  people AS (
    SELECT person, bool_or(NOT is_held) AS loses, bool_or(action = 'deactivate') AND NOT bool_or(is_held) AS leaves
      FROM judged GROUP BY person)
  SELECT count(*) FILTER (WHERE lost.person IS NULL) AS people, count(live.person) FILTER (WHERE people.leaves) AS leaving
    FROM people LEFT JOIN lost ON lost.person = people.person AND lost.group_id IS NULL
         LEFT JOIN live ON live.person = people.person
   WHERE people.loses`;
