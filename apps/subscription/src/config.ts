import { z } from 'zod';
import { engineEnv, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3001),
  SECRETS_KEY: env.SECRETS_KEY,
  PUBLIC_URL: env.PUBLIC_URL,
  GRAPH_BASE_URL: env.GRAPH_BASE_URL,
  ENTRA_AUTHORITY_HOST: env.ENTRA_AUTHORITY_HOST,
  SWEEP_INTERVAL_SECONDS: env.SWEEP_INTERVAL_SECONDS,
  SETTLE_SECONDS: env.SETTLE_SECONDS,
  CONFIRM_SECONDS: env.CONFIRM_SECONDS,
});

export type SubscriptionConfig = z.output<typeof environmentSchema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readSubscriptionConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<SubscriptionConfig> {
  return readConfig(environmentSchema, environment);
}
