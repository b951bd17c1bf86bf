import { pino } from 'pino';
import type { Log } from '#contracts';
import { describeError } from './describe-error.js';

/** Paths whose values never reach a log line, wherever they stand in the fields (invariant 10). */
const SECRET_FIELDS = [
  'clientSecret',
  'client_secret',
  'password',
  'authorization',
  'cookie',
  'accessToken',
  'clientState',
  'adminToken',
  'secretsKey',
];

/** JSON lines on standard output, one per event, with the service's name. */
export function createLog(service: string, level: 'debug' | 'info' | 'warn' | 'error'): Log {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[sealed]' },
    serializers: { error: describeError, err: describeError },
  });
}
