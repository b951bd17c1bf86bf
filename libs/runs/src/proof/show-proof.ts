import { z } from 'zod';
import { entraIdSchema, ListCursors } from '#contracts';
import type { Queryable } from '#database';
import { RunNotFoundError } from '../errors.js';

/** How many people, and the SHA-256 (hex) of their object ids in lower case, sorted, joined by commas: anybody can compute it again. */
export interface ProvenSide {
  readonly people: number;
  readonly digest: string;
}

/** One group at the end of a run. */
export interface GroupProof {
  readonly groupId: string;
  /** `unread`: the group gave no complete picture, so nothing is proven. */
  readonly verdict: 'equal' | 'different' | 'unread';
  readonly read: ProvenSide | null;
  /** Who has the grant and a live account. */
  readonly accounts: ProvenSide;
  /** People on one side only, by why. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Why it could not be read. */
  readonly code: string | null;
}

export const proofReasons = [
  'pinned',
  'held',
  'byHand',
  'unreadable',
  'unconfirmed',
  'leftOut',
  'skipped',
  'failed',
  'stale',
  'changedSince',
  'unexplained',
] as const;
export type ProofReason = (typeof proofReasons)[number];

/** A person on one side only. */
export interface ProofDifference {
  readonly groupId: string;
  readonly entraObjectId: string;
  readonly displayName: string | null;
  readonly side: 'onlyInEntra' | 'onlyHere';
  readonly why: ProofReason;
  /** Of section 7, where one says more. */
  readonly code: string | null;
}

const cursors = new ListCursors('proof', z.tuple([entraIdSchema, entraIdSchema]));

/** By group. Throws `RunNotFoundError` where there is no proof (any more), also for a run of another organisation (invariant 9). */
export async function listGroupProofs(db: Queryable, organisationId: string, runId: string): Promise<GroupProof[]> {
  const groups = await db.query<GroupProof>(
    `SELECT p.group_id AS "groupId",
            CASE WHEN p.read_digest IS NULL THEN 'unread' WHEN p.read_digest = p.account_digest THEN 'equal' ELSE 'different' END AS verdict,
            CASE WHEN p.read_digest IS NOT NULL THEN jsonb_build_object('people', p.read_people, 'digest', p.read_digest) END AS read,
            jsonb_build_object('people', p.account_people, 'digest', p.account_digest) AS accounts, p.reasons, p.code
       FROM runs.sync_runs r JOIN runs.group_proofs p ON p.run_id = r.id
      WHERE r.id = $1 AND r.organisation_id = $2 ORDER BY p.group_id`,
    [runId, organisationId],
  );
  if (groups.length === 0) throw new RunNotFoundError(`a proof of run ${runId}`);
  return groups;
}

export interface DifferenceListing {
  readonly groupId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Who differs and why, by group and object id. */
export async function listProofDifferences(
  db: Queryable,
  organisationId: string,
  runId: string,
  { groupId, cursor, limit }: DifferenceListing,
): Promise<{ items: ProofDifference[]; nextCursor: string | null }> {
  const [afterGroup, afterPerson] = cursors.decode(cursor) ?? [null, null];
  const rows = await db.query<ProofDifference>(
    `SELECT d.group_id AS "groupId", d.entra_object_id AS "entraObjectId", d.display_name AS "displayName", d.side, d.why, d.code
       FROM runs.sync_runs r JOIN runs.proof_differences d ON d.run_id = r.id
      WHERE r.id = $1 AND r.organisation_id = $2 AND ($3::uuid IS NULL OR d.group_id = $3)
        AND ($4::uuid IS NULL OR (d.group_id, d.entra_object_id) > ($4, $5::uuid))
      ORDER BY d.group_id, d.entra_object_id LIMIT $6`,
    [runId, organisationId, groupId ?? null, afterGroup, afterPerson, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? cursors.encode([last.groupId, last.entraObjectId]) : null };
}
