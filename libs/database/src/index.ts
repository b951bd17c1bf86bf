export { COMMIT_WITHOUT_FLUSH } from './commit-without-flush.js';
export { Database, type DatabaseOptions, type Tx } from './database.js';
export {
  DeadlineError,
  EmbeddedPostgresError,
  isContention,
  isDatabaseAway,
  isUniqueViolation,
  LeaseLostError,
} from './errors.js';
export { assertLease, extendLease, releaseLease, type Lease, type LeasedTable } from './lease.js';
export { NotificationListener } from './listener.js';
export { lookUpByKey } from './look-up-by-key.js';
export { migrate, type OwnerMigrations } from './migrate.js';
export { lockNamed, lockOrganisation, tryLockNamed } from './organisation-lock.js';
export { inPortions, type Portioning } from './portions.js';
export { onlyRow, type Queryable } from './rows.js';
