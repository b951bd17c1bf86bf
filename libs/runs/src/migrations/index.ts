import { CreateRuns1795400000400 } from './1795400000400-create-runs.js';

export const migrations = [CreateRuns1795400000400];
