import type { UserAttributes } from '#contracts';
import type { Queryable } from '#database';
import type { UserState } from '../facts/decide-user-fact.js';
import type { AccountRow, GrantRow, HeldRow, MembershipRow, PersonKey, PinRow, Situation } from './situation.js';

interface Row {
  readonly organisation_id: string;
  readonly connection_id: string;
  readonly entra_object_id: string;
  readonly revision: number;
  readonly user_state: UserState | null;
  readonly attributes: UserAttributes;
  readonly unreadable: boolean;
  readonly user_read_no: number;
  readonly user_page: number;
  readonly skip_code: string | null;
  readonly waiting_email: string | null;
  readonly account: AccountRow | null;
  readonly memberships: MembershipRow[];
  readonly grants: GrantRow[];
  readonly pins: PinRow[];
  readonly held: HeldRow[];
}

/** Reads all that decisions need about these people, in one statement, in id order. Unknown people are left out. */
export async function loadSituations(db: Queryable, keys: readonly PersonKey[], overtakenSince: Date): Promise<Situation[]> {
  if (keys.length === 0) return [];
  const rows = await db.query<Row>(SITUATIONS, [
    keys.map(({ connectionId }) => connectionId),
    keys.map(({ entraObjectId }) => entraObjectId),
    overtakenSince,
  ]);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    connectionId: row.connection_id,
    entraObjectId: row.entra_object_id,
    revision: row.revision,
    userState: row.user_state,
    attributes: row.attributes,
    unreadable: row.unreadable,
    userVersion: { readNo: row.user_read_no, page: row.user_page },
    skipCode: row.skip_code,
    waitingEmail: row.waiting_email,
    account: row.account,
    memberships: row.memberships,
    grants: row.grants,
    pins: row.pins,
    held: row.held,
  }));
}

const SITUATIONS = `
  SELECT p.organisation_id, p.connection_id, p.entra_object_id, p.revision, p.user_state, p.attributes, p.unreadable,
         p.user_read_no, p.user_page, p.skip_code, p.waiting_email,
         CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object(
           'id', a.id, 'displayName', a.display_name, 'givenName', a.given_name, 'surname', a.surname, 'email', a.email,
           'userPrincipalName', a.user_principal_name, 'ownStatus', a.own_status, 'isOut', a.is_out, 'outCode', a.out_code,
           'protected', a.protected, 'roles', to_jsonb(a.roles), 'claim', c.email_key) END AS account,
         coalesce((SELECT jsonb_agg(jsonb_build_object('groupId', m.group_id, 'present', m.present, 'memberType', m.member_type,
                            'version', jsonb_build_object('readNo', m.read_no, 'page', m.page)) ORDER BY m.group_id)
                     FROM people.memberships m
                    WHERE m.connection_id = p.connection_id AND m.member_id = p.entra_object_id), '[]') AS memberships,
         coalesce((SELECT jsonb_agg(jsonb_build_object('groupId', g.group_id, 'source', g.source) ORDER BY g.group_id)
                     FROM people.grants g WHERE g.account_id = a.id), '[]') AS grants,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'groupId', n.group_id, 'keep', n.keep, 'causeCode', n.cause_code,
                            'state', n.state, 'field', n.field, 'refused', n.refused))
                     FROM people.pins n
                    WHERE n.connection_id = p.connection_id AND n.entra_object_id = p.entra_object_id
                      AND (n.state = 'open' OR (n.state = 'overtaken' AND n.closed_at > $3))), '[]') AS pins,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'groupId', h.group_id, 'action', h.action, 'code', h.code))
                     FROM people.held_changes h
                    WHERE h.connection_id = p.connection_id AND h.entra_object_id = p.entra_object_id AND h.state = 'open'), '[]') AS held
    FROM unnest($1::uuid[], $2::uuid[]) AS asked (connection_id, entra_object_id)
         JOIN people.persons p USING (connection_id, entra_object_id)
         LEFT JOIN people.accounts a ON a.connection_id = p.connection_id AND a.entra_object_id = p.entra_object_id
         LEFT JOIN people.email_claims c ON c.account_id = a.id
   ORDER BY p.connection_id, p.entra_object_id`;
