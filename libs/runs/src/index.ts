import type { OwnerMigrations } from '#database';
import { migrations } from './migrations/index.js';

export { dueFollowUps, scheduleFollowUps, startFollowUp, type DueFollowUp } from './baselines/follow-ups.js';
export { PlanStaleError, RunInProgressError, RunNotFoundError, RunStateError } from './errors.js';
export type { GroupsOfRun, MembershipRecheck, ReadBook, RunConnection, RunConnections, RunGraph } from './ports.js';
export { countRuns } from './queries/count-runs.js';
export { getRun, listRuns, type RunListing } from './queries/find-runs.js';
export type { PresentedRun } from './queries/present-run.js';
export { requestRun, RUNS_CHANNEL, type RunRequest } from './requesting/request-run.js';
export type { RunActor, SyncRun, Undoes } from './run.js';
export { RunWorker, type RunWorkerOptions } from './run-worker.js';

export const runsMigrations: OwnerMigrations = { schema: 'runs', migrations };
