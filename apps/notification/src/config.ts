import { z } from 'zod';
import { engineEnv, env, httpPort, originSchema, readConfig } from '#service-host';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const schema = z.object({
  ...engineEnv,
  HTTP_PORT: httpPort(3004),
  SECRETS_KEY: env.SECRETS_KEY,
  PUBLIC_URL: env.PUBLIC_URL,
  /** Mail; without it the mail channel is off and shown as such. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be such as smtps://user:password@mail.example.com:465' }).optional(),
  /** The sender of mails, such as `Rollcall <rollcall@example.com>`. */
  SMTP_FROM: z.string().min(3).optional(),
  /** Where the console is read, where that is not PUBLIC_URL: the links in notices begin with it. */
  CONSOLE_URL: originSchema.optional(),
  /** Webhooks and Workflows on this very machine; for tests, and for receivers beside Rollcall. */
  NOTICES_TO_LOOPBACK: onOff.default(false),
});

export type NotificationConfig = z.output<typeof schema>;

/** Reads the environment once; throws one `ConfigError` that names all faults. */
export function readNotificationConfig(environment: NodeJS.ProcessEnv = process.env): Readonly<NotificationConfig> {
  return readConfig(schema, environment);
}
