import { entraIdSchema, ListCursors } from '#contracts';
import type { Queryable } from '#database';
import type { GroupState } from '../decisions/rules.js';
import type { OwnStatus } from '../decisions/situation.js';
import { toPage, type ListPage } from './page.js';

export interface GroupView {
  readonly id: string;
  readonly connectionId: string;
  readonly displayName: string | null;
  readonly state: GroupState;
  /** How many people `listGroupMembers` shows, as known so far. */
  readonly memberCount: number;
}

export interface GroupMemberView {
  readonly entraObjectId: string;
  readonly memberType: string;
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly status: OwnStatus | null;
  readonly inDirectory: boolean;
  readonly granted: boolean;
  /** Why a grant stays although the directory no longer has the membership. */
  readonly kept: 'held' | 'pinned' | null;
  /** Why a member has no account, or no live one. */
  readonly skipped: string | null;
}

const cursors = new ListCursors('group members', entraIdSchema);

/** Every group that is watched or has been heard of. `watched` names the groups of connections, with their last known names. */
export async function listGroups(
  db: Queryable,
  organisationId: string,
  watched: readonly { readonly connectionId: string; readonly groupId: string; readonly displayName: string | null }[],
): Promise<GroupView[]> {
  return db.query<GroupView>(GROUPS, [
    organisationId,
    watched.map(({ connectionId }) => connectionId),
    watched.map(({ groupId }) => groupId),
    watched.map(({ displayName }) => displayName),
  ]);
}

/** Whoever is a direct member in the directory or still has the grant, also those without an account. Only users are listed. */
export async function listGroupMembers(
  db: Queryable,
  organisationId: string,
  connectionId: string,
  groupId: string,
  page: { readonly cursor?: string | null | undefined; readonly limit: number },
): Promise<ListPage<GroupMemberView>> {
  const after = cursors.decode(page.cursor) ?? null;
  const rows = await db.query<GroupMemberView>(MEMBERS, [organisationId, connectionId, groupId, after, page.limit + 1]);
  return toPage(rows, page.limit, cursors, ({ entraObjectId }) => entraObjectId);
}

/** Who is listed for a group: `$1` organisation, and two columns that name connection and group. */
const listed = (connection: string, group: string): string => `
  SELECT m.member_id AS id FROM people.memberships m
   WHERE m.organisation_id = $1 AND m.connection_id = ${connection} AND m.group_id = ${group} AND m.present
     AND m.member_type IN ('user', 'unknown')
   UNION
  SELECT g.entra_object_id FROM people.grants g
   WHERE g.organisation_id = $1 AND g.connection_id = ${connection} AND g.group_id = ${group}`;

/** The same for one page: each half is read from its index no further than the page reaches. `$4` the last one before it, `$5` its length. */
const listedAfter = `
  (SELECT m.member_id AS id FROM people.memberships m
    WHERE m.organisation_id = $1 AND m.connection_id = $2 AND m.group_id = $3 AND m.present AND m.member_type IN ('user', 'unknown')
      AND ($4::uuid IS NULL OR m.member_id > $4) ORDER BY m.member_id LIMIT $5)
   UNION
  (SELECT g.entra_object_id FROM people.grants g
    WHERE g.organisation_id = $1 AND g.connection_id = $2 AND g.group_id = $3 AND ($4::uuid IS NULL OR g.entra_object_id > $4)
    ORDER BY g.entra_object_id LIMIT $5)`;

const GROUPS = `
  WITH named AS (
    SELECT connection_id, group_id, display_name FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS w (connection_id, group_id, display_name)
  )
  SELECT k.group_id AS id, k.connection_id AS "connectionId", coalesce(g.display_name, n.display_name) AS "displayName",
         coalesce(g.state, 'present') AS state, counted.members AS "memberCount"
    FROM (SELECT connection_id, group_id FROM named
           UNION SELECT connection_id, group_id FROM people.groups WHERE organisation_id = $1 AND connection_id = ANY ($2::uuid[])) k
         LEFT JOIN named n USING (connection_id, group_id)
         LEFT JOIN people.groups g USING (connection_id, group_id)
         CROSS JOIN LATERAL (SELECT count(*) AS members FROM (${listed('k.connection_id', 'k.group_id')}) AS everybody) AS counted
   ORDER BY lower(coalesce(g.display_name, n.display_name)) NULLS LAST, k.group_id`;

const MEMBERS = `
  SELECT e.id AS "entraObjectId", coalesce(m.member_type, 'user') AS "memberType", a.id AS "accountId",
         coalesce(a.display_name, p.attributes->>'displayName') AS "displayName", a.status,
         coalesce(m.present, false) AS "inDirectory", g.account_id IS NOT NULL AS granted,
         CASE WHEN coalesce(m.present, false) AND NOT EXISTS (
                     SELECT 1 FROM people.held_changes h WHERE h.connection_id = $2 AND h.entra_object_id = e.id AND h.state = 'open'
                        AND h.action = 'revoke' AND h.group_id = $3) THEN NULL
              WHEN EXISTS (SELECT 1 FROM people.held_changes h WHERE h.connection_id = $2 AND h.entra_object_id = e.id AND h.state = 'open'
                              AND h.action = 'revoke' AND h.group_id = $3) THEN 'held'
              WHEN EXISTS (SELECT 1 FROM people.pins n WHERE n.connection_id = $2 AND n.entra_object_id = e.id AND n.state = 'open'
                              AND n.group_id = $3 AND n.keep = 'in') THEN 'pinned' END AS kept,
         CASE WHEN a.id IS NULL OR a.is_out THEN coalesce(p.skip_code, a.out_code) END AS skipped
    FROM (SELECT id FROM (${listedAfter}) AS everybody ORDER BY id LIMIT $5) AS e
         LEFT JOIN people.memberships m ON m.connection_id = $2 AND m.group_id = $3 AND m.member_id = e.id
         LEFT JOIN people.persons p ON p.connection_id = $2 AND p.entra_object_id = e.id
         LEFT JOIN people.accounts a ON a.connection_id = $2 AND a.entra_object_id = e.id
         LEFT JOIN people.grants g ON g.account_id = a.id AND g.group_id = $3
   ORDER BY e.id`;
