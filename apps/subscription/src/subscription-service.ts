import { connectionsMigrations } from '#connections';
import { messagingMigrations } from '#messaging';
import type { ServiceDefinition } from '#service-host';
import { watchMigrations } from '#watch';
import { answerValidationEarly } from './webhooks/answer-early.js';
import { SubscriptionModule, type SubscriptionOptions } from './subscription.module.js';

/** Answers Graph's webhooks, keeps its subscriptions alive, reads its delta, and publishes what it read. It consumes nothing. */
export function subscriptionService(options: SubscriptionOptions): ServiceDefinition {
  return {
    name: 'subscription',
    owners: [messagingMigrations, connectionsMigrations, watchMigrations],
    modules: (services) => [SubscriptionModule.register(services, options)],
    answerEarly: answerValidationEarly,
  };
}
