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
