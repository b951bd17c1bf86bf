import type { OwnerMigrations } from '#database';
import { migrations } from './migrations/index.js';

export { activateAccounts } from './accounts/activate-accounts.js';
export { patchAccount, type AccountPatch } from './accounts/patch-account.js';
export { undoActivation } from './accounts/undo-activation.js';
export type { ApplyOutcome } from './apply-outcome.js';
export { adoptPeople } from './commands/adopt-people.js';
export { disbandConnection } from './commands/disband-connection.js';
export { findUndecided, type RulesOfConnection } from './commands/decided-connections.js';
export { redecideConnection } from './commands/redecide-connection.js';
export type { ConnectionForRules, PeopleContext } from './context.js';
export type { ReactionCounts, ReactionTools } from './decisions/react-to-people.js';
export type { HeldAction, OwnStatus } from './decisions/situation.js';
export { AccountNotFoundError, AddressTakenError, PinNotFoundError } from './errors.js';
export type { RecheckReason } from './facts/evidence.js';
export type { RecheckRequest } from './facts/recheck-request.js';
export { takeStuckReports, type StuckReport } from './facts/take-stuck-reports.js';
export { judgeRun, type RunLosses } from './guard/judge-run.js';
export { rejectHeld } from './held/reject-held.js';
export { releaseHeld } from './held/release-held.js';
export { findHeld, type HeldSelection, type SelectedHold } from './held/select-held.js';
export { maintainJournal } from './journal/journal-partitions.js';
export { PageApplier, type PageApplierOptions } from './page-applier.js';
export { liftPin } from './pins/lift-pin.js';
export { closeRunRounds, type RoundClosing } from './plans/close-rounds.js';
export { effectMarks, type MarkedEffect } from './plans/effect-mark.js';
export {
  predictEffects,
  type PredictedEffect,
  type Prediction,
  type PredictionRequest,
  type SupposedFacts,
} from './plans/predict-effects.js';
export { refusePage, type RefusedEvent } from './plans/refuse-page.js';
export { RUN_PAGES_CHANNEL } from './plans/record-run-page.js';
export { countHeldForReview, type HeldForReview } from './queries/count-held-for-review.js';
export { countPeople, type PeopleCounts } from './queries/count-people.js';
export { latencyPercentiles, type LatencyPercentiles, type LegPercentiles } from './queries/latency-percentiles.js';
export { getAccount, listAccounts, type AccountFilter, type AccountView } from './queries/list-accounts.js';
export { listActivity, type ActivityEntry, type ActivityFilter } from './queries/list-activity.js';
export { listGroupMembers, listGroups, type GroupMemberView, type GroupView } from './queries/list-groups.js';
export {
  heldStates,
  listHeldChanges,
  type HeldChangeView,
  type HeldFilter,
  type HeldState,
} from './queries/list-held-changes.js';
export { listPins, type PinFilter, type PinView } from './queries/list-pins.js';
export type { ListPage } from './queries/page.js';
export { trimPeople } from './trim-people.js';
export { applyUndo, type ApprovedReversal, type UndoRequest } from './undo/apply-undo.js';
export { planUndo, type UndoPrediction } from './undo/plan-undo.js';
export type { Reversal } from './undo/reverse-effects.js';
export type { UndoScope, UndoTarget } from './undo/undo-target.js';
export { explainAccount, type AccountExplanation } from './why/explain-account.js';

export const peopleMigrations: OwnerMigrations = { schema: 'people', migrations };
