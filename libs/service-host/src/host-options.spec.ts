import { expect, it } from 'vitest';
import { silentLog } from '#contracts';
import { ConfigError } from './config.js';
import { endStuckProcess, kafkaOptions } from './host-options.js';

it('ends a service whose consumer no longer moves with a failure, so that the orchestrator starts it anew', () => {
  const ended: number[] = [];
  const errors: string[] = [];
  endStuckProcess({ ...silentLog, error: (_fields, message) => errors.push(message) }, (status) => ended.push(status));
  expect(ended).toEqual([1]);
  expect(errors).toEqual(['the process ends, so that it is started anew']);
});

it('refuses a SASL mechanism without its user and password', () => {
  const plain = { KAFKA_BROKERS: ['a:9092'], KAFKA_SSL: true, KAFKA_TOPIC_PREFIX: '' };
  expect(() => kafkaOptions({ ...plain, KAFKA_SASL_MECHANISM: 'plain' }, 'test')).toThrow(ConfigError);
  expect(kafkaOptions(plain, 'test')).toEqual({ brokers: ['a:9092'], clientId: 'test', ssl: true, topicPrefix: '' });
});
