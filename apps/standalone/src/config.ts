import { resolve } from 'node:path';
import { z } from 'zod';
import { assertWholeOidc, ConfigError, env, httpPort, readConfig } from '#service-host';

export const environmentSchema = z.object({
  DATABASE_URL: env.DATABASE_URL.optional(),
  KAFKA_BROKERS: env.KAFKA_BROKERS.optional(),
  KAFKA_SSL: env.KAFKA_SSL,
  KAFKA_SASL_MECHANISM: env.KAFKA_SASL_MECHANISM,
  KAFKA_SASL_USERNAME: env.KAFKA_SASL_USERNAME,
  KAFKA_SASL_PASSWORD: env.KAFKA_SASL_PASSWORD,
  KAFKA_TOPIC_PREFIX: env.KAFKA_TOPIC_PREFIX,
  ROLLCALL_DATA_DIR: z.string().default('.rollcall'),
  HTTP_PORT: httpPort(3000),
  HTTP_HOST: env.HTTP_HOST,
  PUBLIC_URL: env.PUBLIC_URL,
  CONSOLE_URL: env.CONSOLE_URL,
  OIDC_ISSUER: env.OIDC_ISSUER,
  OIDC_CLIENT_ID: env.OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET: env.OIDC_CLIENT_SECRET,
  DEMO_TENANT: z.enum(['on', 'off']).optional(),
  GRAPH_BASE_URL: env.GRAPH_BASE_URL,
  ENTRA_AUTHORITY_HOST: env.ENTRA_AUTHORITY_HOST,
  SECRETS_KEY: env.SECRETS_KEY.optional(),
  ADMIN_TOKEN: env.ADMIN_TOKEN.optional(),
  SWEEP_INTERVAL_SECONDS: env.SWEEP_INTERVAL_SECONDS,
  SETTLE_SECONDS: env.SETTLE_SECONDS,
  CONFIRM_SECONDS: env.CONFIRM_SECONDS,
  SMTP_URL: env.SMTP_URL,
  SMTP_FROM: env.SMTP_FROM,
  NOTICES_TO_LOOPBACK: env.NOTICES_TO_LOOPBACK,
  LOG_LEVEL: env.LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_SERVICE_NAME: env.OTEL_SERVICE_NAME,
});

type Environment = z.infer<typeof environmentSchema>;

/** The environment of the standalone, with its folder resolved and the demo decided. */
export type StandaloneConfig = Environment & { readonly dataDir: string; readonly demo: boolean };

/** Throws `ConfigError`, which names every fault, among them a demo beside another Graph server. */
export function standaloneConfig(environment: Readonly<Record<string, string | undefined>>): StandaloneConfig {
  const given = readConfig(environmentSchema, environment);
  if (given.DEMO_TENANT === 'on' && given.GRAPH_BASE_URL !== undefined) {
    throw new ConfigError(['DEMO_TENANT: cannot be on together with GRAPH_BASE_URL, since all connections then use that server']);
  }
  assertWholeOidc(given);
  return { ...given, dataDir: resolve(given.ROLLCALL_DATA_DIR), demo: isDemo(given) };
}

function isDemo(given: Environment): boolean {
  if (given.DEMO_TENANT !== undefined) return given.DEMO_TENANT === 'on';
  return given.GRAPH_BASE_URL === undefined && given.DATABASE_URL === undefined && given.KAFKA_BROKERS === undefined;
}
