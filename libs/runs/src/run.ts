import type { RunKind, RunState, RunSummary } from '#contracts';

/** A row of `runs.sync_runs` as this library works with it. */
export interface SyncRun {
  readonly id: string;
  readonly organisationId: string;
  readonly connectionId: string;
  readonly kind: RunKind;
  readonly apply: 'automatic' | 'review';
  readonly state: RunState;
  /** Why it was asked for: MANUAL, SCHEDULE, BASELINE, DELTA_EXPIRED, GROUP_RETURNED, DEAD_LETTER, SETTLED, … */
  readonly reason: string;
  readonly requestedBy: string;
  /** Null: every watched group. */
  readonly groupIds: readonly string[] | null;
  readonly undoes: Undoes | null;
  readonly requestedAt: Date;
  readonly comparedAt: Date | null;
  readonly approvedBy: string | null;
  /** Null where nobody did: a run that the system cancelled says why in its error. */
  readonly cancelledBy: string | null;
  /** The id of the newer run that took its place. */
  readonly supersededBy: string | null;
  /** Failures in a row since it last went on. */
  readonly attempts: number;
  /** The code of what it has waited for since then; null where nothing kept it. */
  readonly waitCode: string | null;
  readonly wakeAt: Date;
  readonly planHash: string | null;
  readonly graphRequests: number;
  readonly summary: RunSummary | null;
  readonly error: RunProblem | null;
}

/** What a run of kind undo reverses: one run, or a span of time of the connection. */
export type Undoes = { readonly runId: string } | { readonly from: string; readonly to: string };

export type RunProblem = {
  readonly code: string;
  readonly message: string;
};

/** Who asks: what this library needs of an `Actor` of #connections. */
export interface RunActor {
  readonly kind: 'person' | 'token' | 'system';
  readonly id: string;
  readonly organisationId: string;
}

export const RUN_COLUMNS = `
  id, organisation_id AS "organisationId", connection_id AS "connectionId", kind, apply, state, reason,
  requested_by AS "requestedBy", group_ids AS "groupIds", undoes, requested_at AS "requestedAt",
  compared_at AS "comparedAt", approved_by AS "approvedBy", cancelled_by AS "cancelledBy",
  superseded_by AS "supersededBy", attempts, wait_code AS "waitCode",
  wake_at AS "wakeAt", plan_hash AS "planHash",
  graph_requests AS "graphRequests", summary, error`;
