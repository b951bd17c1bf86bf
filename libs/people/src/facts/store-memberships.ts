import type { MembershipItem, MemberType } from '#contracts';
import type { Tx } from '#database';
import { isPerson } from '../decisions/decide-groups.js';
import type { PersonKey } from '../decisions/situation.js';
import { collapseMemberships } from './collapse-items.js';
import { decideMembershipFact, type MembershipFact } from './decide-membership-fact.js';
import type { Evidence, EvidenceKind } from './evidence.js';
import { dueAfterSettle, type RecheckRequest } from './recheck-request.js';

export interface MembershipPage {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly groupId: string;
  readonly items: readonly MembershipItem[];
  readonly evidence: Evidence;
  readonly noticedAt: Date | null;
}

export interface StoredFacts {
  /** People whose facts changed, so that something may follow. */
  readonly changed: readonly PersonKey[];
  readonly rechecks: readonly RecheckRequest[];
}

interface Row {
  readonly member_id: string;
  readonly member_type: MemberType;
  readonly present: boolean;
  readonly read_no: number;
  readonly page: number;
  readonly written_by: EvidenceKind;
  readonly delta_reported_at: Date | null;
  readonly flips: number;
}

/** Applies one group's reports to its membership facts. The caller holds the organisation lock, so what is read here stays true. */
export async function storeMemberships(tx: Tx, page: MembershipPage, now: Date, settleMs: number): Promise<StoredFacts> {
  const { organisationId, connectionId, groupId, evidence } = page;
  const items = collapseMemberships(page.items, evidence.version);
  const rows = await tx.query<Row>(LOAD, [connectionId, groupId, items.map(({ memberId }) => memberId)]);
  const facts = new Map(rows.map((row) => [row.member_id, factOf(row)]));
  const stored: (MembershipFact & { readonly memberId: string; readonly changed: boolean })[] = [];
  const rechecks: RecheckRequest[] = [];
  for (const { memberId, memberType, change, version, contradicted } of items) {
    const report = {
      present: change === 'added',
      memberType,
      contradicted: contradicted === true,
      evidence: { ...evidence, version: version ?? evidence.version },
    };
    const verdict = decideMembershipFact(facts.get(memberId) ?? null, report, settleMs);
    if (verdict.fact !== null) stored.push({ ...verdict.fact, memberId, changed: verdict.changed });
    if (verdict.recheck === null) continue;
    const dueAt = dueAfterSettle(verdict.recheck.from, now, settleMs);
    rechecks.push({ organisationId, connectionId, kind: 'membership', groupId, memberId, reason: verdict.recheck.reason, dueAt });
  }
  if (stored.length > 0)
    await tx.query(STORE, [organisationId, connectionId, groupId, JSON.stringify(stored), page.noticedAt, now]);
  const changed = stored
    .filter((fact) => fact.changed && isPerson(fact.memberType))
    .map(({ memberId }) => ({ connectionId, entraObjectId: memberId }));
  await touchPersons(tx, organisationId, changed, now);
  return { changed, rechecks };
}

/** Raises the revision of people whose facts changed, and makes the row of those who were never heard of. */
export async function touchPersons(tx: Tx, organisationId: string, people: readonly PersonKey[], now: Date): Promise<void> {
  if (people.length === 0) return;
  await tx.query(TOUCH, [
    organisationId,
    people.map(({ connectionId }) => connectionId),
    people.map(({ entraObjectId }) => entraObjectId),
    now,
  ]);
}

function factOf(row: Row): MembershipFact {
  return {
    present: row.present,
    memberType: row.member_type,
    version: { readNo: row.read_no, page: row.page },
    writtenBy: row.written_by,
    deltaReportedAt: row.delta_reported_at,
    flips: row.flips,
  };
}

const LOAD = `
  SELECT m.member_id, m.member_type, m.present, m.read_no, m.page, m.written_by, m.delta_reported_at, m.flips
    FROM unnest($3::uuid[]) AS asked (member_id)
         CROSS JOIN LATERAL (
           SELECT * FROM people.memberships WHERE connection_id = $1 AND group_id = $2 AND member_id = asked.member_id LIMIT 1) AS m`;

const STORE = `
  INSERT INTO people.memberships AS m (organisation_id, connection_id, group_id, member_id, member_type, present, read_no, page,
         written_by, delta_reported_at, flips, noticed_at, changed_at)
  SELECT $1, $2, $3, r."memberId", r."memberType", r."present", (r."version"->>'readNo')::bigint, (r."version"->>'page')::integer,
         r."writtenBy", r."deltaReportedAt", r."flips", $5, $6
    FROM jsonb_to_recordset($4::jsonb) AS r ("memberId" uuid, "memberType" text, "present" boolean, "version" jsonb, "writtenBy" text,
         "deltaReportedAt" timestamptz, "flips" integer)
   ORDER BY r."memberId"
  ON CONFLICT (connection_id, group_id, member_id) DO UPDATE SET
    member_type = EXCLUDED.member_type, present = EXCLUDED.present, read_no = EXCLUDED.read_no, page = EXCLUDED.page,
    written_by = EXCLUDED.written_by, delta_reported_at = EXCLUDED.delta_reported_at, flips = EXCLUDED.flips,
    noticed_at = CASE WHEN m.present = EXCLUDED.present THEN m.noticed_at ELSE EXCLUDED.noticed_at END,
    changed_at = CASE WHEN m.present = EXCLUDED.present THEN m.changed_at ELSE EXCLUDED.changed_at END`;

const TOUCH = `
  INSERT INTO people.persons AS p (organisation_id, connection_id, entra_object_id, revision, updated_at)
  SELECT DISTINCT $1::uuid, r.connection_id, r.entra_object_id, 1, $4::timestamptz
    FROM unnest($2::uuid[], $3::uuid[]) AS r (connection_id, entra_object_id)
   ORDER BY 2, 3
  ON CONFLICT (connection_id, entra_object_id) DO UPDATE SET revision = p.revision + 1, updated_at = EXCLUDED.updated_at`;
