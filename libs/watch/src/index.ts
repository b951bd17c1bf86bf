export { beginAnew, endAnew } from './anew/begin-anew.js';
export { findAwaitingGroups, readConnectionWithPicture, type ConnectionWithPicture } from './baselines/await-new-groups.js';
export {
  baselineDone,
  baselineFailed,
  baselineStarted,
  requestBaselines,
  wantedBaselines,
  type BaselineReason,
  type WantedBaseline,
} from './baselines/baselines.js';
export { ChainReader } from './chains/chain-reader.js';
export { nextReadNo } from './chains/next-read-no.js';
export { WATCH_CHANNELS, type WatchChannel } from './channels.js';
export { ConnectionGraphDoor } from './connections/connection-graph-door.js';
export { ConnectionReconciler } from './connections/connection-reconciler.js';
export { IntakeOverloadedError, IntakeUnavailableError, RoundIncompleteError } from './errors.js';
export type { GraphDoor } from './graph-door.js';
export { connectionHealth, type ChainHealth, type SubscriptionHealth, type WatchHealth } from './health/connection-health.js';
export { watchBacklog, type WatchBacklog } from './health/watch-backlog.js';
export { forgetReadMarks } from './intake/due-marks.js';
export { Intake, type IntakeCounts, type IntakeOptions, type IntakeOutcome } from './intake/intake.js';
export { SubscriptionDirectory } from './intake/subscription-directory.js';
export { watchMigrations } from './migrations/index.js';
export { addPrincipals, type AddPrincipalsOptions, type NamedPrincipal } from './principals/add-principals.js';
export { PrincipalReader } from './principals/principal-reader.js';
export { addRechecks, type RecheckRequest } from './rechecks/add-rechecks.js';
export { Rechecker } from './rechecks/rechecker.js';
export { SUBSCRIPTION_BUDGET } from './subscriptions/desired-subscriptions.js';
export { SubscriptionKeeper, type KeeperOptions } from './subscriptions/subscription-keeper.js';
export { raiseSweepAlarms, type SweptConnection } from './sweep/raise-sweep-alarms.js';
export { forgetRetiredChains, settleEarlyFinds } from './sweep/settle-early-finds.js';
export { defaultTimings, type WatchContext, type WatchTimings } from './watch-context.js';
