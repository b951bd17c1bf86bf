export { FakeProvisioning } from './fake-provisioning.js';
export { buildMember, FakeTenant } from './fake-tenant.js';
export { killableDatabase } from './killable-database.js';
export { RunHarness, TENANT_ID } from './run-harness.js';
