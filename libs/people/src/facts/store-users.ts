import type { UserAttributes, UserItem } from '#contracts';
import type { Tx } from '#database';
import { collapseUsers } from './collapse-items.js';
import { decideUserFact, type UserFact, type UserState } from './decide-user-fact.js';
import type { Evidence, EvidenceKind } from './evidence.js';
import { dueAfterSettle, type RecheckRequest } from './recheck-request.js';
import type { StoredFacts } from './store-memberships.js';

export interface UsersPage {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly users: readonly UserItem[];
  readonly evidence: Evidence;
}

interface Row {
  readonly entra_object_id: string;
  readonly user_state: UserState;
  readonly attributes: UserAttributes;
  readonly unreadable: boolean;
  readonly user_read_no: number;
  readonly user_page: number;
  readonly user_written_by: EvidenceKind;
  readonly user_delta_reported: Record<string, string>;
  readonly user_flips: number;
}

/** Applies reports about people to what is known of them, also of people whom no group has named yet. */
export async function storeUsers(tx: Tx, page: UsersPage, now: Date, settleMs: number): Promise<StoredFacts> {
  const { organisationId, connectionId, evidence } = page;
  const users = collapseUsers(page.users, evidence.version);
  const rows = await tx.query<Row>(LOAD, [connectionId, users.map(({ id }) => id)]);
  const facts = new Map(rows.map((row) => [row.entra_object_id, factOf(row)]));
  const stored: (UserFact & { readonly id: string; readonly changed: boolean })[] = [];
  const rechecks: RecheckRequest[] = [];
  for (const { id, state, attributes, version, contradicted } of users) {
    const report = {
      state,
      attributes: attributes ?? {},
      contradicted: contradicted === true,
      evidence: { ...evidence, version: version ?? evidence.version },
    };
    const verdict = decideUserFact(facts.get(id) ?? null, report, settleMs);
    if (verdict.fact !== null) stored.push({ ...verdict.fact, id, changed: verdict.changed });
    if (verdict.recheck === null) continue;
    const dueAt = dueAfterSettle(verdict.recheck.from, now, settleMs);
    rechecks.push({
      organisationId,
      connectionId,
      kind: 'user',
      groupId: null,
      memberId: id,
      reason: verdict.recheck.reason,
      dueAt,
    });
  }
  if (stored.length > 0) await tx.query(STORE, [organisationId, connectionId, JSON.stringify(stored), now]);
  return { changed: stored.filter(({ changed }) => changed).map(({ id }) => ({ connectionId, entraObjectId: id })), rechecks };
}

function factOf(row: Row): UserFact {
  return {
    state: row.user_state,
    attributes: row.attributes,
    unreadable: row.unreadable,
    version: { readNo: row.user_read_no, page: row.user_page },
    writtenBy: row.user_written_by,
    deltaReported: row.user_delta_reported,
    flips: row.user_flips,
  };
}

const LOAD = `
  SELECT p.entra_object_id, p.user_state, p.attributes, p.unreadable, p.user_read_no, p.user_page, p.user_written_by,
         p.user_delta_reported, p.user_flips
    FROM unnest($2::uuid[]) AS asked (id)
         CROSS JOIN LATERAL (SELECT * FROM people.persons WHERE connection_id = $1 AND entra_object_id = asked.id LIMIT 1) AS p
   WHERE p.user_state IS NOT NULL`;

const STORE = `
  INSERT INTO people.persons AS p (organisation_id, connection_id, entra_object_id, revision, user_state, attributes, unreadable,
         user_read_no, user_page, user_written_by, user_delta_reported, user_flips, user_changed_at, updated_at)
  SELECT $1, $2, r."id", CASE WHEN r."changed" THEN 1 ELSE 0 END, r."state", r."attributes", r."unreadable",
         (r."version"->>'readNo')::bigint, (r."version"->>'page')::integer, r."writtenBy", r."deltaReported", r."flips", $4, $4
    FROM jsonb_to_recordset($3::jsonb) AS r ("id" uuid, "changed" boolean, "state" text, "attributes" jsonb, "unreadable" boolean,
         "version" jsonb, "writtenBy" text, "deltaReported" jsonb, "flips" integer)
   ORDER BY r."id"
  ON CONFLICT (connection_id, entra_object_id) DO UPDATE SET
    revision = p.revision + EXCLUDED.revision, user_state = EXCLUDED.user_state, attributes = EXCLUDED.attributes,
    unreadable = EXCLUDED.unreadable, user_read_no = EXCLUDED.user_read_no, user_page = EXCLUDED.user_page,
    user_written_by = EXCLUDED.user_written_by, user_delta_reported = EXCLUDED.user_delta_reported, user_flips = EXCLUDED.user_flips,
    user_changed_at = CASE WHEN EXCLUDED.revision > 0 THEN EXCLUDED.user_changed_at ELSE p.user_changed_at END,
    updated_at = EXCLUDED.updated_at`;
