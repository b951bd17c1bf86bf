import { PostgresThrottleGate, SecretBox } from '#connections';
import { cloudEndpoints } from '#graph-client';
import { serviceMain, sharedGraphDoor } from '#service-host';
import { adminApiService } from './admin-api-service.js';
import { readAdminApiConfig } from './config.js';
import { identityProviderOf } from './sign-in/identity-provider-of.js';

await serviceMain('admin-api', readAdminApiConfig, (config) => {
  const endpoints = cloudEndpoints({
    ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
    ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
  });
  return adminApiService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    adminToken: config.ADMIN_TOKEN,
    publicUrl: config.PUBLIC_URL ?? null,
    consoleUrl: config.CONSOLE_URL ?? config.PUBLIC_URL ?? null,
    identityProvider: identityProviderOf(config),
    simulatedTenant: null,
    noticesToLoopback: config.NOTICES_TO_LOOPBACK,
    settleMs: config.SETTLE_SECONDS * 1_000,
    sweepIntervalMs: config.SWEEP_INTERVAL_SECONDS * 1_000,
    graph: sharedGraphDoor(endpoints, ({ db, clock }) => new PostgresThrottleGate(db, clock)),
  });
});
