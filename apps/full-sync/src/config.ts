import { z } from 'zod';
import { engineEnv, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3003),
  SECRETS_KEY: env.SECRETS_KEY,
  GRAPH_BASE_URL: env.GRAPH_BASE_URL,
  ENTRA_AUTHORITY_HOST: env.ENTRA_AUTHORITY_HOST,
  SETTLE_SECONDS: env.SETTLE_SECONDS,
  CONFIRM_SECONDS: env.CONFIRM_SECONDS,
});

export type FullSyncConfig = z.output<typeof environmentSchema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readFullSyncConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<FullSyncConfig> {
  return readConfig(environmentSchema, environment);
}
