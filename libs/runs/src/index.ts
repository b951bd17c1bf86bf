import type { OwnerMigrations } from '#database';
import { migrations } from './migrations/index.js';

export { dueFollowUps, scheduleFollowUps, startFollowUp, type DueFollowUp } from './baselines/follow-ups.js';
export { checkPerson } from './check-person/check-person.js';
export {
  checkSteps,
  type CheckedGroup,
  type CheckGraph,
  type CheckRequest,
  type CheckStep,
  type CheckTools,
  type FoundPerson,
  type PersonCheck,
} from './check-person/person-check.js';
export {
  comparisonSides,
  everyCompared,
  showComparison,
  type ComparedRow,
  type Comparison,
  type ComparisonListing,
  type ComparisonSide,
} from './comparison/show-comparison.js';
export { PlanStaleError, RunInProgressError, RunNotFoundError, RunStateError } from './errors.js';
export { settleCancelledRuns } from './lifecycle/settle-cancelled-runs.js';
export type { GroupsOfRun, MembershipRecheck, ReadBook, RunConnection, RunConnections, RunGraph } from './ports.js';
export { previewPeople } from './preview/preview-people.js';
export {
  previewActions,
  type Preview,
  type PreviewAction,
  type PreviewedGroup,
  type PreviewedPerson,
  type PreviewGraph,
  type PreviewRequest,
  type PreviewTools,
} from './preview/preview.js';
export {
  listGroupProofs,
  listProofDifferences,
  proofReasons,
  type DifferenceListing,
  type GroupProof,
  type ProofDifference,
  type ProofReason,
  type ProvenSide,
} from './proof/show-proof.js';
export { countRuns } from './queries/count-runs.js';
export { listChanges, type ChangeListing, type PresentedChange } from './queries/list-changes.js';
export { planRemoves } from './queries/plan-removes.js';
export { getRun, listRuns, type RunListing } from './queries/find-runs.js';
export type { PresentedRun } from './queries/present-run.js';
export { approveRun } from './review/approve-run.js';
export { cancelRun, cancelRunsOf, expirePlan, findExpiredPlans, findWaitingConnections } from './review/cancel-run.js';
export { decideChange, decideChanges, type ChangeFilter, type Decision } from './review/decide-changes.js';
export { plannedActions, type PlannedAction } from './plans/planned-change.js';
export { requestRun, RUNS_CHANNEL, type RunRequest } from './requesting/request-run.js';
export { trimPlans } from './retention/trim-plans.js';
export type { RunActor, SyncRun, Undoes } from './run.js';
export { RunWorker, type RunWorkerOptions } from './run-worker.js';
export { raiseOverdueAlarms, type DueWork, type ExpectedRuns } from './schedules/raise-overdue-alarms.js';
export {
  alignSchedules,
  dueSchedules,
  startScheduledRun,
  type DueSchedule,
  type ScheduledConnection,
} from './schedules/start-scheduled-runs.js';
export { requestUndo, type UndoAsk } from './undo/request-undo.js';

export const runsMigrations: OwnerMigrations = { schema: 'runs', migrations };
