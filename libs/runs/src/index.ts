import { migrations } from './migrations/index.js';

export { PlanStaleError, RunInProgressError, RunNotFoundError, RunStateError } from './errors.js';
export type { ReadBook, RunConnection, RunConnections } from './ports.js';
export { requestRun, RUNS_CHANNEL, type RunRequest } from './requesting/request-run.js';
export type { RunActor, SyncRun, Undoes } from './run.js';

export const runsMigrations = { schema: 'runs', migrations };
