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
}

export interface UndoScope {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly target: UndoTarget;
}

/** The effects of these people that are to be undone, in their order. */
export async function loadUndoable(
  db: Queryable,
  { organisationId, connectionId, target }: UndoScope,
  personIds: readonly string[],
): Promise<UndoableEffect[]> {
  const { runId, from, to } = 'runId' in target ? { ...target, from: null, to: null } : { ...target, runId: null };
  return db.query<UndoableEffect>(
    `SELECT entra_object_id AS "entraObjectId", type, group_id AS "groupId", before, after FROM people.journal
      WHERE organisation_id = $1 AND connection_id = $2 AND entra_object_id = ANY ($3::uuid[]) AND type <> 'rollcall.membership.held'
        AND cause_kind <> 'person' AND ($4::uuid IS NULL OR run_id = $4)
        AND ($4::uuid IS NOT NULL OR (applied_at >= $5::timestamptz AND applied_at < $6::timestamptz))
      ORDER BY seq`,
    [organisationId, connectionId, personIds, runId, from, to],
  );
}
