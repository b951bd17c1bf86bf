import type { OwnerMigrations } from '#database';
import { migrations } from './migrations/index.js';

export type { ConnectionForRules, PeopleContext } from './context.js';
export type { RecheckReason } from './facts/evidence.js';
export type { RecheckRequest } from './facts/recheck-request.js';

export const peopleMigrations: OwnerMigrations = { schema: 'people', migrations };
