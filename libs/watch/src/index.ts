export {
  baselineDone,
  baselineFailed,
  baselineStarted,
  requestBaselines,
  wantedBaselines,
  type BaselineReason,
  type WantedBaseline,
} from './baselines/baselines.js';
export { nextReadNo } from './chains/next-read-no.js';
export { WATCH_CHANNELS, type WatchChannel } from './channels.js';
export { watchMigrations } from './migrations/index.js';
export { addPrincipals, type AddPrincipalsOptions, type NamedPrincipal } from './principals/add-principals.js';
export { addRechecks, type RecheckRequest } from './rechecks/add-rechecks.js';
