export { testSecretBox } from './test-secret-box.js';
export { buildNewConnection } from './build-new-connection.js';
export { makeOrganisation } from './make-organisation.js';
