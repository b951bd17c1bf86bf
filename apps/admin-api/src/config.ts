import { z } from 'zod';
import { assertWholeOidc, engineEnv, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3000),
  SECRETS_KEY: env.SECRETS_KEY,
  ADMIN_TOKEN: env.ADMIN_TOKEN,
  SWEEP_INTERVAL_SECONDS: env.SWEEP_INTERVAL_SECONDS,
  SETTLE_SECONDS: env.SETTLE_SECONDS,
  PUBLIC_URL: env.PUBLIC_URL,
  CONSOLE_URL: env.CONSOLE_URL,
  OIDC_ISSUER: env.OIDC_ISSUER,
  OIDC_CLIENT_ID: env.OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET: env.OIDC_CLIENT_SECRET,
  GRAPH_BASE_URL: env.GRAPH_BASE_URL,
  ENTRA_AUTHORITY_HOST: env.ENTRA_AUTHORITY_HOST,
  /** As the notification service has it: the addresses of webhooks are checked where they are entered. */
  NOTICES_TO_LOOPBACK: env.NOTICES_TO_LOOPBACK,
});

export type AdminApiConfig = z.output<typeof environmentSchema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readAdminApiConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<AdminApiConfig> {
  const config = readConfig(environmentSchema, environment);
  assertWholeOidc(config);
  return config;
}
