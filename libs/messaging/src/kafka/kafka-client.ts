import kafkajs, { type Kafka, type logCreator, type SASLOptions } from 'kafkajs';
import type { Log } from '#contracts';

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export interface KafkaOptions {
  /** Bootstrap list, `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  readonly ssl?: boolean;
  readonly sasl?: KafkaSasl;
  /** Stands before topics, dead-letter topics and consumer groups. */
  readonly topicPrefix?: string;
}

/** kafkajs changes its defaults under NODE_ENV=test, so every value is named. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2, retries: 5 } as const;

/** A consumer has its own: the client's does not reach it. It goes on for minutes before it crashes, and then is built anew. */
export const CONSUMER_RETRY = { ...RETRY, retries: 100 } as const;

export function createKafka(options: KafkaOptions, log: Log): Kafka {
  return new kafkajs.Kafka({
    clientId: options.clientId ?? 'rollcall',
    brokers: [...options.brokers],
    ssl: options.ssl ?? false,
    ...(options.sasl === undefined ? {} : { sasl: saslOf(options.sasl) }),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    enforceRequestTimeout: true,
    retry: RETRY,
    logCreator: logInto(log),
  });
}

/** Always a new object: kafkajs keeps its authenticator inside the one it gets, and would go on with an old password. */
function saslOf({ mechanism, username, password }: KafkaSasl): SASLOptions {
  return { mechanism, username, password };
}

/** Details only: while a broker is away kafkajs writes ten errors a second. Relay, reader and readiness say what matters. */
function logInto(log: Log): logCreator {
  return () =>
    ({ namespace, log: { message, timestamp: _timestamp, ...fields } }) =>
      log.debug({ namespace, ...fields }, `kafka: ${message}`);
}
