import type { RunState, RunSummary } from '#contracts';
import type { RunProblem, SyncRun } from '../run.js';
import type { RunProgress } from '../progress/run-progress.js';

/** A run as the REST interface shows it (design section 5). */
export interface PresentedRun {
  readonly id: string;
  readonly connectionId: string;
  readonly kind: SyncRun['kind'];
  readonly undoes?: { readonly runId: string } | { readonly from: string; readonly to: string };
  readonly apply: SyncRun['apply'];
  readonly state: RunState;
  readonly reason: string;
  readonly groupIds: readonly string[] | null;
  readonly planHash: string | null;
  readonly progress: RunProgress;
  /** The problem for whose end it waits, and when it tries again; null where nothing keeps it. */
  readonly waiting: { readonly code: string; readonly until: string } | null;
  readonly summary: RunSummary | null;
  readonly error: RunProblem | null;
  readonly undone: boolean;
  readonly undoneBy: UndoneBy | null;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly approvedBy: string | null;
  readonly cancelledBy: string | null;
  readonly supersededBy: string | null;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}

/** The run that took another one back, and who asked for it. */
export interface UndoneBy {
  readonly runId: string;
  readonly requestedBy: string;
}

export interface RunRow extends SyncRun {
  readonly undone: boolean;
  readonly undoneBy: UndoneBy | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}

export function presentRun(run: RunRow, progress: RunProgress): PresentedRun {
  return {
    id: run.id,
    connectionId: run.connectionId,
    kind: run.kind,
    ...(run.undoes === null ? {} : { undoes: run.undoes }),
    apply: run.apply,
    state: run.state,
    reason: run.reason,
    groupIds: run.groupIds,
    planHash: run.planHash,
    progress: run.waitCode === null ? progress : { ...progress, perSecond: null, secondsLeft: null },
    waiting: run.waitCode === null ? null : { code: run.waitCode, until: run.wakeAt.toISOString() },
    summary: run.summary,
    error: run.error,
    undone: run.undone,
    undoneBy: run.undoneBy,
    requestedAt: run.requestedAt.toISOString(),
    requestedBy: run.requestedBy,
    approvedBy: run.approvedBy,
    cancelledBy: run.cancelledBy,
    supersededBy: run.supersededBy,
    endedAt: run.endedAt?.toISOString() ?? null,
    expiresAt: run.expiresAt?.toISOString() ?? null,
  };
}
