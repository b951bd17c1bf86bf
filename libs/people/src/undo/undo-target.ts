import type { EffectType } from '#contracts';
import type { Queryable } from '#database';

/** What is undone: all effects of one run, or those of a span of time in which nobody acted by hand. */
export type UndoTarget = { readonly runId: string } | { readonly from: string; readonly to: string };

/** An effect as the journal has it. */
export interface UndoableEffect {
  readonly entraObjectId: string;
  readonly type: EffectType;
  readonly groupId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** Of what is undone; the others are what an undo did to the same person, of this target or another. */
  readonly isTarget: boolean;
}

export interface UndoScope {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly target: UndoTarget;
  /** Runs of kind undo: what they did may have taken the target back already, in part or as a whole. */
  readonly undoRunIds: readonly string[];
}

/**
 * The effects of these people that are to be undone, and what undoing did to them, in their order. The journal is looked up account by
 * account: it has an index for that, and a connection's journal is long.
 */
export async function loadUndoable(
  db: Queryable,
  { organisationId, connectionId, target, undoRunIds }: UndoScope,
  personIds: readonly string[],
): Promise<UndoableEffect[]> {
  const { runId, from, to } = 'runId' in target ? { ...target, from: null, to: null } : { ...target, runId: null };
  return db.query<UndoableEffect>(
    `SELECT * FROM (
       SELECT j.seq, j.entra_object_id AS "entraObjectId", j.type, j.group_id AS "groupId", j.before, j.after, j.run_id,
         CASE WHEN $4::uuid IS NOT NULL THEN j.run_id IS NOT DISTINCT FROM $4
              ELSE j.applied_at >= $5::timestamptz AND j.applied_at < $6::timestamptz END AS "isTarget"
       FROM people.accounts a
            CROSS JOIN LATERAL (SELECT * FROM people.journal WHERE account_id = a.id OFFSET 0) AS j
       WHERE a.connection_id = $2 AND a.entra_object_id = ANY ($3::uuid[]) AND j.organisation_id = $1 AND j.connection_id = $2
         AND j.type <> 'rollcall.membership.held' AND j.cause_kind <> 'person') AS effects
     WHERE "isTarget" OR run_id = ANY ($7::uuid[]) ORDER BY seq`,
    [organisationId, connectionId, personIds, runId, from, to, undoRunIds],
  );
}
