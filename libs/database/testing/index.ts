export { describeSchema } from './describe-schema.js';
export { createTestDatabase, dropTestDatabase, withDatabase, type TestDatabase } from './with-database.js';
