import { SecretBox } from '#connections';
import { serviceMain } from '#service-host';
import { readNotificationConfig } from './config.js';
import { notificationService } from './notification-service.js';

await serviceMain('notification', readNotificationConfig, (config) =>
  notificationService({
    secretBox: SecretBox.fromText(config.SECRETS_KEY),
    smtpUrl: config.SMTP_URL ?? null,
    smtpFrom: config.SMTP_FROM,
    publicUrl: config.PUBLIC_URL ?? null,
    consoleUrl: config.CONSOLE_URL,
    allowLoopback: config.NOTICES_TO_LOOPBACK,
  }),
);
