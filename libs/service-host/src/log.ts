import { pino, type DestinationStream, type LoggerOptions } from 'pino';
import type { Log } from '#contracts';
import { currentCorrelationId } from '#messaging';
import { currentTraceIds } from '#tracing';
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

/**
 * JSON lines on standard output, one per event, with the service's name. What is written while an event is handled carries the
 * `correlationId` of its chain of causes, and `trace_id` and `span_id` where that is traced.
 */
export function createLog(
  service: string,
  level: 'debug' | 'info' | 'warn' | 'error',
  destination: DestinationStream = pino.destination(1),
): Log {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ correlationId: currentCorrelationId(), ...currentTraceIds() }),
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[sealed]' },
    serializers: { error: describeError, err: describeError },
  };
  return pino(options, destination);
}
