import type { Log } from '#contracts';
import { KafkaEngine, type KafkaOptions } from '#messaging';
import { startTracing, type TracingOptions } from '#tracing';
import { ConfigError, type EngineConfig } from './config.js';
import { createLog } from './log.js';
import { mainProcess } from './main-process.js';
import { runService, type HostOptions, type ServiceDefinition } from './run-service.js';

type KafkaConfig = Pick<
  EngineConfig,
  'KAFKA_BROKERS' | 'KAFKA_SSL' | 'KAFKA_SASL_MECHANISM' | 'KAFKA_SASL_USERNAME' | 'KAFKA_SASL_PASSWORD' | 'KAFKA_TOPIC_PREFIX'
>;

/** The broker as the environment names it. Throws `ConfigError` where a mechanism lacks its user or password. */
export function kafkaOptions(config: KafkaConfig, clientId: string): KafkaOptions {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  const plain = { brokers: config.KAFKA_BROKERS, clientId, ssl: config.KAFKA_SSL, topicPrefix: config.KAFKA_TOPIC_PREFIX };
  if (mechanism === undefined) return plain;
  if (username === undefined || password === undefined) {
    throw new ConfigError(['KAFKA_SASL_MECHANISM: needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD']);
  }
  return { ...plain, sasl: { mechanism, username, password } };
}

function hostOptions(config: EngineConfig, service: string, log: Log, stopping: AbortSignal): HostOptions {
  return {
    httpPort: config.HTTP_PORT,
    httpHost: config.HTTP_HOST,
    databaseUrl: config.DATABASE_URL,
    engine: () => new KafkaEngine(kafkaOptions(config, `rollcall-${service}`), log),
    log,
    onStuck: () => endStuckProcess(log),
    stopping,
  };
}

/** At once: a client that no longer moves may not end in order either. Its offsets and leases go to whoever lives. */
export function endStuckProcess(log: Log, exit: (status: number) => void = (status) => process.exit(status)): void {
  log.error({}, 'the process ends, so that it is started anew');
  exit(1);
}

/**
 * The `main` of a service on Kafka and Postgres: reads its configuration, runs it, ends it on a signal.
 * `define` may read what its modules need from the configuration and must not touch an engine yet.
 */
export async function serviceMain<Config extends EngineConfig>(
  service: string,
  readEnvironment: () => Config,
  define: (config: Config, log: Log) => ServiceDefinition,
): Promise<void> {
  await mainProcess(async (stopping) => {
    const config = readEnvironment();
    const log = createLog(service, config.LOG_LEVEL);
    const tracing = await startTracing(tracingOptions(config, service, log));
    const running = await runService(define(config, log), hostOptions(config, service, log, stopping));
    // Last, so that the trace of what was finished on the way out is sent as well.
    return { stop: () => running.stop().finally(() => tracing.stop()) };
  });
}

/** Where the process tells its traces, as the environment names it. */
export function tracingOptions(
  config: Pick<EngineConfig, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_SERVICE_NAME'>,
  service: string,
  log: Log,
): TracingOptions {
  return { service, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: config.OTEL_SERVICE_NAME, log };
}
