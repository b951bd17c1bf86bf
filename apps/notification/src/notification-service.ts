import { connectionsMigrations } from '#connections';
import { connectionEvents, membershipHeldV1, runBegunV1, runOverdueV1 } from '#contracts';
import { LogStrategy, messagingMigrations } from '#messaging';
import { noticesMigrations } from '#notices';
import { peopleMigrations } from '#people';
import type { ServiceDefinition } from '#service-host';
import { runFacts } from './hear-run-facts.handler.js';
import { NOTIFICATION_GROUP } from './notification-group.js';
import type { NotificationOptions } from './notification-options.js';
import { NotificationModule } from './notification.module.js';

/** Tells chosen admins, through chosen channels, without flooding. It hears facts and never decides what is true. */
export function notificationService(options: NotificationOptions): ServiceDefinition {
  return {
    name: 'notification',
    owners: [messagingMigrations, connectionsMigrations, peopleMigrations, noticesMigrations],
    modules: (services) => [NotificationModule.register(services, options)],
    strategies: (consumer) => [
      new LogStrategy({
        ...consumer,
        group: NOTIFICATION_GROUP,
        events: [...runFacts, runOverdueV1, runBegunV1, ...connectionEvents, membershipHeldV1],
      }),
    ],
  };
}
