import { SecretBox } from '#connections';
import { cloudEndpoints } from '#graph-client';
import { serviceMain } from '#service-host';
import { readSubscriptionConfig } from './config.js';
import { subscriptionService } from './subscription-service.js';

await serviceMain('subscription', readSubscriptionConfig, (config) =>
  subscriptionService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    endpoints: cloudEndpoints({
      ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
      ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
    }),
    publicUrl: config.PUBLIC_URL ?? null,
    settleMs: config.SETTLE_SECONDS * 1_000,
    confirmMs: config.CONFIRM_SECONDS * 1_000,
    sweepIntervalMs: config.SWEEP_INTERVAL_SECONDS * 1_000,
  }),
);
