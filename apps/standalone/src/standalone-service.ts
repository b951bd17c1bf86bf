import { PostgresThrottleGate, SecretBox } from '#connections';
import { cloudEndpoints } from '#graph-client';
import { composeServices, sharedGraphDoor, type ServiceDefinition } from '#service-host';
import { adminApiService } from '../../admin-api/src/admin-api-service.js';
import { identityProviderOf } from '../../admin-api/src/sign-in/identity-provider-of.js';
import { fullSyncService } from '../../full-sync/src/full-sync-service.js';
import { notificationService } from '../../notification/src/notification-service.js';
import { provisioningService } from '../../provisioning/src/provisioning-service.js';
import { subscriptionService } from '../../subscription/src/subscription-service.js';
import type { StandaloneConfig } from './config.js';
import type { DemoTenant } from './demo-tenant.js';
import type { KeptSecrets } from './kept-secrets.js';

export interface StandaloneParts {
  readonly config: StandaloneConfig;
  readonly secrets: KeptSecrets;
  readonly demo: DemoTenant | null;
  /** Where Graph reaches the webhooks; null: polling mode. */
  readonly publicUrl: string | null;
  /** Where this process listens. */
  readonly address: string;
}

/** Every service in this process; nothing is implemented here a second time. */
export function standaloneService({ config, secrets, demo, publicUrl, address }: StandaloneParts): ServiceDefinition {
  const secretBox = SecretBox.fromText(secrets.secretsKey);
  const endpoints = cloudEndpoints({
    ...(config.GRAPH_BASE_URL === undefined ? {} : { graphBaseUrl: config.GRAPH_BASE_URL }),
    ...(config.ENTRA_AUTHORITY_HOST === undefined ? {} : { authorityHost: config.ENTRA_AUTHORITY_HOST }),
    ...(demo === null ? {} : { simulated: demo.endpoints }),
  });
  const graph = sharedGraphDoor(endpoints, ({ db, clock }) => new PostgresThrottleGate(db, clock));
  const settleMs = config.SETTLE_SECONDS * 1_000;
  const confirmMs = config.CONFIRM_SECONDS * 1_000;
  return composeServices('standalone', [
    subscriptionService({
      secretBox,
      endpoints,
      graph,
      publicUrl,
      settleMs,
      confirmMs,
      sweepIntervalMs: config.SWEEP_INTERVAL_SECONDS * 1_000,
    }),
    provisioningService({ settleMs }),
    fullSyncService({ secretBox, endpoints, graph, settleMs, confirmMs }),
    notificationService({
      secretBox,
      smtpUrl: config.SMTP_URL ?? null,
      smtpFrom: config.SMTP_FROM,
      publicUrl,
      consoleUrl: config.CONSOLE_URL ?? config.PUBLIC_URL ?? address,
      allowLoopback: config.NOTICES_TO_LOOPBACK,
    }),
    adminApiService({
      secretBox,
      adminToken: secrets.adminToken,
      publicUrl,
      consoleUrl: config.CONSOLE_URL ?? config.PUBLIC_URL ?? null,
      identityProvider: identityProviderOf(config),
      simulatedTenant: demo,
      noticesToLoopback: config.NOTICES_TO_LOOPBACK,
      settleMs,
      sweepIntervalMs: config.SWEEP_INTERVAL_SECONDS * 1_000,
      graph,
    }),
  ]);
}
