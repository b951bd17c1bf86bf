export { buildMember, FakeTenant } from './fake-tenant.js';
export { killableDatabase } from './killable-database.js';
export { SleepingDatabase } from './sleeping-database.js';
export { RandomStory, type StoryAccount } from './random-story.js';
export { RunHarness, TENANT_ID } from './run-harness.js';
export { Provisioning } from './provisioning.js';
