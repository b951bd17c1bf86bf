import { z } from 'zod';

/** The environment is wrong: one line that names every fault, exit status 1, no stack trace. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly retry = 'never' as const;
  constructor(readonly faults: readonly string[]) {
    super(`the configuration is not valid: ${faults.join('; ')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the environment once. An empty variable counts as absent. All faults are reported together. */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<Schema>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = schema.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(
    result.error.issues.map(({ path, message }) => {
      const name = path.join('.') || 'environment';
      return `${name}: ${name in given ? message : `is not set${message.startsWith('must') ? `; it ${message}` : ''}`}`;
    }),
  );
}

const onOff = z.enum(['true', 'false', 'on', 'off', '1', '0']).transform((value) => ['true', 'on', '1'].includes(value));
const seconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

/** An origin: scheme, host and port, no path. */
export const originSchema = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => new URL(text).pathname === '/' && new URL(text).search === '',
    'must be an origin such as https://graph.example:8443, without a path',
  )
  .transform((text) => new URL(text).origin);

/** Variables by name, for the schemas of the apps; their meaning is fixed in design section 5. */
export const env = {
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be a connection string such as postgres://user:password@host:5432/rollcall',
  }),
  KAFKA_BROKERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((broker) => broker.trim())
        .filter(Boolean),
    )
    .refine((brokers) => brokers.length > 0, 'must name at least one broker as host:port'),
  KAFKA_SSL: onOff.default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,100}$/, 'may hold letters, digits, dots, hyphens and underscores')
    .default(''),
  HTTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** Base address of a receiver of traces by OTLP/HTTP, `/v1/traces` comes behind it; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of an OTLP/HTTP receiver such as http://localhost:4318' })
    .optional(),
  /** The service's name in traces, where it is to be another than `rollcall-` and the service. */
  OTEL_SERVICE_NAME: z.string().trim().min(1).optional(),
  SECRETS_KEY: z
    .string()
    .refine(areSealingKeys, 'must be one or more base64 texts of 32 bytes, newest first, separated by commas'),
  PUBLIC_URL: originOrPath().optional(),
  /** Where the console is read, where that is not PUBLIC_URL: links in notices begin with it. */
  CONSOLE_URL: originSchema.optional(),
  /** The identity provider of the console's users, as it names itself in its tokens; http on loopback hosts only. */
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((text) => isSafePublicUrl(new URL(text)), 'must be https (http only for a loopback host)')
    .optional(),
  OIDC_CLIENT_ID: z.string().trim().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().trim().min(1).optional(),
  ADMIN_TOKEN: z.string().trim().min(1),
  /** Mail; without it the mail channel is off and shown as such. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be such as smtps://user:password@mail.example.com:465' }).optional(),
  /** The sender of mails, such as `Rollcall <rollcall@example.com>`. */
  SMTP_FROM: z.string().min(3).optional(),
  /** Webhooks and Workflows on this very machine; for tests, and for receivers beside Rollcall. */
  NOTICES_TO_LOOPBACK: onOff.default(false),
  GRAPH_BASE_URL: originSchema.optional(),
  ENTRA_AUTHORITY_HOST: originSchema.optional(),
  SWEEP_INTERVAL_SECONDS: seconds(300),
  SETTLE_SECONDS: seconds(900),
  CONFIRM_SECONDS: seconds(60),
};

/** `HTTP_PORT` with the documented port of the service as default. */
export function httpPort(fallback: number): z.ZodDefault<z.ZodCoercedNumber> {
  return z.coerce.number().int().min(0).max(65_535).default(fallback);
}

/** The three belong together: half an identity provider would quietly be none. Throws `ConfigError` with those that are missing. */
export function assertWholeOidc(config: {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
}): void {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = names.filter((name) => config[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return;
  throw new ConfigError(missing.map((name) => `${name}: is needed with the other variables of OIDC`));
}

/** What every service needs to reach its engines, to answer probes, and to tell what it does. */
export const engineEnv = {
  DATABASE_URL: env.DATABASE_URL,
  KAFKA_BROKERS: env.KAFKA_BROKERS,
  KAFKA_SSL: env.KAFKA_SSL,
  KAFKA_SASL_MECHANISM: env.KAFKA_SASL_MECHANISM,
  KAFKA_SASL_USERNAME: env.KAFKA_SASL_USERNAME,
  KAFKA_SASL_PASSWORD: env.KAFKA_SASL_PASSWORD,
  KAFKA_TOPIC_PREFIX: env.KAFKA_TOPIC_PREFIX,
  HTTP_HOST: env.HTTP_HOST,
  LOG_LEVEL: env.LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_SERVICE_NAME: env.OTEL_SERVICE_NAME,
};

export type EngineConfig = z.infer<z.ZodObject<typeof engineEnv>> & { readonly HTTP_PORT: number };

function areSealingKeys(text: string): boolean {
  const keys = text.split(',').map((key) => key.trim());
  return keys.length > 0 && keys.every((key) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(key) && Buffer.from(key, 'base64').length === 32);
}

/** The public address may stand behind a path of a reverse proxy; http is taken for loopback hosts only. */
function originOrPath() {
  return z
    .url({ protocol: /^https?$/ })
    .refine((text) => isSafePublicUrl(new URL(text)), 'must be https (http only for a loopback host)')
    .transform((text) => text.replace(/\/+$/, ''));
}

function isSafePublicUrl(url: URL): boolean {
  return url.protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}
