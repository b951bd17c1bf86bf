import type { Log } from '#contracts';
import { startEmbeddedPostgres } from '#database/embedded';
import { EmbeddedLogEngine, KafkaEngine } from '#messaging';
import { kafkaOptions, type HostOptions } from '#service-host';
import type { CleanUp } from './clean-up.js';
import type { StandaloneConfig } from './config.js';

/** Postgres: the given one, or one of our own in the data folder. */
export async function standaloneDatabaseUrl(config: StandaloneConfig, cleanUp: CleanUp): Promise<string> {
  if (config.DATABASE_URL !== undefined) return config.DATABASE_URL;
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  cleanUp.add(() => postgres.stop());
  return postgres.url;
}

/** The log: the given Kafka, or tables in Postgres. */
export function standaloneLog(config: StandaloneConfig, log: Log): HostOptions['engine'] {
  const { KAFKA_BROKERS } = config;
  if (KAFKA_BROKERS === undefined) return (db, listener) => new EmbeddedLogEngine({ db, listener, log });
  const options = kafkaOptions({ ...config, KAFKA_BROKERS }, 'rollcall-standalone');
  return () => new KafkaEngine(options, log);
}
