import { serviceMain } from '#service-host';
import { readProvisioningConfig } from './config.js';
import { provisioningService } from './provisioning-service.js';

await serviceMain('provisioning', readProvisioningConfig, (config) =>
  provisioningService({ settleMs: config.SETTLE_SECONDS * 1_000 }),
);
