export {
  added,
  buildGroupPage,
  buildMembershipsPage,
  buildUser,
  buildUsersPage,
  removed,
  type PageOptions,
} from './build-pages.js';
export { SETTLE_MS, TestTenant, type TestAccount } from './test-tenant.js';
export { EvidenceModel } from './evidence-model.js';
export { EvidenceWorld, type DueRecheck, type EvidencePage, type FactKeeper, type WorldStep } from './evidence-world.js';
export { worldStep } from './world-steps.js';
