import { z } from 'zod';
import { engineEnv, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3004),
  SECRETS_KEY: env.SECRETS_KEY,
  PUBLIC_URL: env.PUBLIC_URL,
  SMTP_URL: env.SMTP_URL,
  SMTP_FROM: env.SMTP_FROM,
  CONSOLE_URL: env.CONSOLE_URL,
  NOTICES_TO_LOOPBACK: env.NOTICES_TO_LOOPBACK,
});

export type NotificationConfig = z.output<typeof environmentSchema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readNotificationConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<NotificationConfig> {
  return readConfig(environmentSchema, environment);
}
