import { z } from 'zod';
import { engineEnv, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({ ...engineEnv, HTTP_PORT: httpPort(3002), SETTLE_SECONDS: env.SETTLE_SECONDS });

export type ProvisioningConfig = z.output<typeof environmentSchema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readProvisioningConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<ProvisioningConfig> {
  return readConfig(environmentSchema, environment);
}
