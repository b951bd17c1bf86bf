export * from './catalogue.js';
export * from './connections/connection-events.v1.js';
export * from './directory/group-changed.v1.js';
export * from './directory/memberships-changed.v1.js';
export {
  MAX_PAGE_BYTES,
  MAX_PAGE_ITEMS,
  originSchema,
  pageHeaderSchema,
  planBindingSchema,
  roundSchema,
  versionSchema,
  type Origin,
  type Round,
  type Version,
} from './directory/page.js';
export * from './directory/users-changed.v1.js';
export * from './envelope.js';
export * from './ids.js';
export * from './list-cursor.js';
export * from './log-failure.js';
export * from './log.js';
export * from './problems/problem-codes.js';
export * from './provisioning/effects.v1.js';
export * from './retry-advice.js';
export * from './runs/sync-run.v1.js';
export * from './settings/connection-settings.js';
export * from './storable-text.js';
export * from './topics.js';
