import { PostgresThrottleGate, SecretBox } from '#connections';
import { cloudEndpoints, GraphClients } from '#graph-client';
import { serviceMain } from '#service-host';
import { adminApiService } from './admin-api-service.js';
import { readAdminApiConfig } from './config.js';

await serviceMain('admin-api', readAdminApiConfig, (config, log) => {
  const endpoints = cloudEndpoints({
    ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
    ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
  });
  return adminApiService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    adminToken: config.ADMIN_TOKEN,
    publicUrl: config.PUBLIC_URL ?? null,
    simulatorPageUrl: null,
    settleMs: config.SETTLE_SECONDS * 1_000,
    graph: ({ db, clock }) => new GraphClients({ endpoints, throttle: new PostgresThrottleGate(db, clock), log, clock }),
  });
});
