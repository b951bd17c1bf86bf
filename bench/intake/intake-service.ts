import { randomBytes, randomUUID } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { connectionsMigrations, SecretBox, WebhookKeys } from '#connections';
import { silentLog } from '#contracts';
import type { Database } from '#database';
import { EmbeddedLogEngine, messagingMigrations } from '#messaging';
import { runService, type HostServices, type RunningService } from '#service-host';
import { Intake, SubscriptionDirectory, watchMigrations } from '#watch';
import { ChangeNotificationController } from '../../apps/subscription/src/webhooks/change-notification.controller.js';
import { NotificationDesk } from '../../apps/subscription/src/webhooks/notification-desk.js';
import { seedSubscriptions, type Notification } from './seed-subscriptions.js';

const secretBox = SecretBox.fromText(randomBytes(32).toString('base64'));
const keys = new WebhookKeys(secretBox.keys);

/** The subscription service's webhook and intake as they are, without the tasks behind them. */
@Module({})
class IntakeModule {
  static register({ db, log, metrics }: HostServices): DynamicModule {
    const intake = new Intake({ db, directory: new SubscriptionDirectory(db), verifyKey: (key) => keys.verify(key) });
    return {
      module: IntakeModule,
      controllers: [ChangeNotificationController],
      providers: [{ provide: NotificationDesk, useValue: new NotificationDesk(intake, log, metrics) }],
    };
  }
}

export interface IntakeService {
  readonly url: string;
  /** What Graph would post: one notification for each of ten groups. */
  readonly batch: readonly Notification[];
  readonly service: RunningService;
}

export async function startIntakeService(databaseUrl: string): Promise<IntakeService> {
  const definition = {
    name: 'intake',
    owners: [messagingMigrations, connectionsMigrations, watchMigrations],
    modules: (services: HostServices) => [IntakeModule.register(services)],
  };
  const service = await runService(definition, {
    httpPort: 0,
    httpHost: '127.0.0.1',
    databaseUrl,
    engine: (db: Database, listener) => new EmbeddedLogEngine({ db, listener, log: silentLog }),
    log: silentLog,
    stopping: new AbortController().signal,
  });
  const connectionId = randomUUID();
  const batch = await seedSubscriptions(service.services.db, connectionId);
  const url = `${service.address}/webhooks/graph/notifications?k=${encodeURIComponent(keys.keyOf(connectionId))}`;
  return { url, batch, service };
}
