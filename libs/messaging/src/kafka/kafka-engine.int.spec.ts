import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { silentLog } from '#contracts';
import { describeLogContract } from '#messaging/testing';
import { KafkaEngine } from './kafka-engine.js';

/** Without a broker vitest.config.ts leaves the files with "kafka" in their name out. */
const brokers = (inject('kafkaBrokers') ?? '').split(',');

describeLogContract('Kafka', async () => {
  return new KafkaEngine({ brokers, topicPrefix: `t-${randomBytes(4).toString('hex')}.` }, silentLog);
});
