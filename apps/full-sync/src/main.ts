import { SecretBox } from '#connections';
import { cloudEndpoints } from '#graph-client';
import { serviceMain } from '#service-host';
import { readFullSyncConfig } from './config.js';
import { fullSyncService } from './full-sync-service.js';

await serviceMain('full-sync', readFullSyncConfig, (config) =>
  fullSyncService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    endpoints: cloudEndpoints({
      ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
      ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
    }),
    settleMs: config.SETTLE_SECONDS * 1_000,
    confirmMs: config.CONFIRM_SECONDS * 1_000,
  }),
);
