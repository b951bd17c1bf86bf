import { randomBytes } from 'node:crypto';
import { describe, inject } from 'vitest';
import { silentLog } from '#contracts';
import { describeLogContract } from '#messaging/testing';
import { KafkaEngine } from './kafka-engine.js';

const brokers = inject('kafkaBrokers');

describe.runIf(brokers !== null)('Kafka', () => {
  describeLogContract('Kafka', async () => {
    const topicPrefix = `t-${randomBytes(4).toString('hex')}.`;
    return new KafkaEngine({ brokers: (brokers ?? '').split(','), topicPrefix }, silentLog);
  });
});
