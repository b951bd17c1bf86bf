export { createTestDatabase, dropTestDatabase, withDatabase, type TestDatabase } from './with-database.js';
