import type { Tx } from '#database';
import { personId, type EffectWish } from '../decisions/effect-wish.js';
import { MIN_LIMIT, type CountsOf, type ScopeCounts } from './judge-removals.js';

interface LostRow {
  readonly group_id: string | null;
  readonly others: number;
  readonly already: string[];
  readonly gone: number;
}

interface InScopeRow {
  readonly group_id: string | null;
  readonly in_scope: number;
}

/** Above every group's number of people: no cut. */
const NO_CUT = 2_147_483_647;

/** Counts the scopes that these removals touch, from the journal of the window and the accounts as they are now. */
export async function loadScopeCounts(
  tx: Tx,
  connectionId: string,
  removals: readonly EffectWish[],
  windowStart: Date,
): Promise<CountsOf> {
  const people = [...new Set(removals.map(({ entraObjectId }) => entraObjectId))];
  const groups = [...new Set(removals.flatMap(({ losesGroups }) => losesGroups))];
  return loadCounts(tx, { connectionId, groups, people, windowStart, isExact: false });
}

/** The same of these groups and the connection, for removals that are only counted. */
export async function countScopes(tx: Tx, connectionId: string, groups: readonly string[], windowStart: Date): Promise<CountsOf> {
  return loadCounts(tx, { connectionId, groups, people: [], windowStart, isExact: true });
}

interface Asked {
  readonly connectionId: string;
  readonly groups: readonly string[];
  readonly people: readonly string[];
  readonly windowStart: Date;
  /** The base of each scope to the last person, whatever is lost. */
  readonly isExact: boolean;
}

async function loadCounts(tx: Tx, { connectionId, groups, people, windowStart, isExact }: Asked): Promise<CountsOf> {
  const lost = await tx.query<LostRow>(LOST, [connectionId, windowStart, groups, people]);
  const lostByGroup = new Map(lost.map((row) => [row.group_id, row]));
  // The exact base matters only where the limit could be passed; until then it is enough to know that somebody stays.
  const needsBase =
    isExact || [...lostByGroup.values()].some(({ others }) => others + people.length > MIN_LIMIT) || people.length > MIN_LIMIT;
  const cut = needsBase ? NO_CUT : people.length + 3;
  const inScope = await tx.query<InScopeRow>(IN_SCOPE, [connectionId, groups, cut]);
  const inScopeByGroup = new Map(inScope.map((row) => [row.group_id, row.in_scope]));
  return (groupId): ScopeCounts => {
    const row = lostByGroup.get(groupId);
    return {
      inScope: inScopeByGroup.get(groupId) ?? 0,
      lostBefore: row?.others ?? 0,
      lostAlready: new Set((row?.already ?? []).map((entraObjectId) => personId({ connectionId, entraObjectId }))),
      lostAndGone: row?.gone ?? 0,
    };
  };
}

const LOST = `
  WITH losses AS (
    SELECT DISTINCT j.connection_id, j.entra_object_id, scope.group_id
      FROM people.journal j
           CROSS JOIN LATERAL (SELECT unnest(j.guard_group_ids) AS group_id UNION ALL SELECT NULL) AS scope
     WHERE j.connection_id = $1 AND j.applied_at > $2 AND j.guard_group_ids IS NOT NULL
       AND (scope.group_id IS NULL OR scope.group_id = ANY ($3::uuid[]))
  )
  SELECT l.group_id,
         count(*) FILTER (WHERE l.entra_object_id <> ALL ($4::uuid[])) AS others,
         coalesce(array_agg(l.entra_object_id::text) FILTER (WHERE l.entra_object_id = ANY ($4::uuid[])), '{}') AS already,
         count(*) FILTER (WHERE a.id IS NULL OR a.is_out OR (l.group_id IS NOT NULL AND g.account_id IS NULL)) AS gone
    FROM losses l
         LEFT JOIN people.accounts a ON a.connection_id = l.connection_id AND a.entra_object_id = l.entra_object_id
         LEFT JOIN people.grants g ON g.account_id = a.id AND g.group_id = l.group_id
   GROUP BY l.group_id`;

const IN_SCOPE = `
  SELECT NULL::uuid AS group_id, count(*) AS in_scope
    FROM (SELECT 1 FROM people.accounts WHERE connection_id = $1 AND NOT is_out LIMIT $3) AS live
  UNION ALL
  SELECT asked.group_id, counted.in_scope
    FROM unnest($2::uuid[]) AS asked (group_id)
         CROSS JOIN LATERAL (
           SELECT count(*) AS in_scope
             FROM (SELECT 1 FROM people.grants g JOIN people.accounts a ON a.id = g.account_id
                    WHERE g.connection_id = $1 AND g.group_id = asked.group_id AND NOT a.is_out LIMIT $3) AS granted
         ) AS counted`;
