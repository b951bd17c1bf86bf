import { randomUUID } from 'node:crypto';
import { Module, RequestMethod, type DynamicModule, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { findConnection, PostgresThrottleGate, WebhookKeys, type SecretBox } from '#connections';
import { GraphClients, type GraphClientsOptions } from '#graph-client';
import { sharedGraphDoor, TaskLoop, type GraphDoor, type HostServices } from '#service-host';
import {
  ChainReader,
  ConnectionGraphDoor,
  ConnectionReconciler,
  defaultTimings,
  Intake,
  PrincipalReader,
  Rechecker,
  SubscriptionDirectory,
  SubscriptionKeeper,
  type WatchContext,
  type WatchTimings,
} from '#watch';
import { chance } from './chance.js';
import { reachableUrl } from './reachable-url.js';
import { boundedTask } from './tasks/bounded-task.js';
import { CheckRechecksTask } from './tasks/check-rechecks.task.js';
import { JudgeSweepsTask } from './tasks/judge-sweeps.task.js';
import { KeepSubscriptionsTask } from './tasks/keep-subscriptions.task.js';
import { ReadDueChainsTask } from './tasks/read-due-chains.task.js';
import { ReadPrincipalsTask } from './tasks/read-principals.task.js';
import { ReconcileConnectionsTask } from './tasks/reconcile-connections.task.js';
import { RefreshDirectoryTask } from './tasks/refresh-directory.task.js';
import { registerWatchMetrics } from './watch-metrics.js';
import { answerValidation } from './webhooks/answer-validation.middleware.js';
import { ChangeNotificationController } from './webhooks/change-notification.controller.js';
import { LifecycleNotificationController } from './webhooks/lifecycle-notification.controller.js';
import { NotificationDesk } from './webhooks/notification-desk.js';

export interface SubscriptionOptions {
  readonly secretBox: SecretBox;
  readonly endpoints: GraphClientsOptions['endpoints'];
  /** The process's way to Graph; one of its own unless given. */
  readonly graph?: GraphDoor;
  /** Where Graph reaches the webhooks; null: polling mode. */
  readonly publicUrl: string | null;
  readonly settleMs: number;
  readonly confirmMs: number;
  readonly sweepIntervalMs: number;
  /** Waits of the watch that no variable sets. */
  readonly timings?: Partial<WatchTimings>;
  /** Subscriptions a connection may take of Graph's quota. */
  readonly subscriptionBudget?: number;
}

/** The watch in a process: webhooks in front, tasks behind. */
@Module({})
export class SubscriptionModule implements NestModule {
  static register(services: HostServices, options: SubscriptionOptions): DynamicModule {
    const { db, log, metrics, listener } = services;
    const clients = (options.graph ?? ownGraphDoor(options))(services);
    const context = watchContext(services, options, clients);
    const keys = new WebhookKeys(options.secretBox.keys);
    const directory = new SubscriptionDirectory(db);
    const intake = new Intake({ db, directory, verifyKey: (key) => keys.verify(key) });
    const keeper = new SubscriptionKeeper(context, {
      keyOf: (connectionId) => keys.keyOf(connectionId),
      publicUrl: async (connectionId) => {
        const connection = await findConnection(db, connectionId);
        return connection === null ? null : reachableUrl(options.publicUrl, options.endpoints(connection.cloud).graphBaseUrl);
      },
      ...(options.subscriptionBudget === undefined ? {} : { budget: options.subscriptionBudget }),
    });
    const tasks = [
      new RefreshDirectoryTask(directory),
      new ReconcileConnectionsTask(new ConnectionReconciler(context)),
      new KeepSubscriptionsTask(keeper),
      new ReadDueChainsTask(new ChainReader(context), context.timings.gatherMs),
      new ReadPrincipalsTask(new PrincipalReader(context)),
      new CheckRechecksTask(new Rechecker(context)),
      new JudgeSweepsTask(context, log),
    ];
    registerWatchMetrics(metrics, db);
    return {
      module: SubscriptionModule,
      controllers: [ChangeNotificationController, LifecycleNotificationController],
      providers: [
        { provide: NotificationDesk, useValue: new NotificationDesk(intake, log, metrics) },
        ...tasks.map((task) => ({ provide: task.name, useValue: new TaskLoop(boundedTask(task, chance), listener, log) })),
        { provide: GraphClients, useValue: { onApplicationShutdown: () => clients.close() } },
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(answerValidation)
      .forRoutes(
        { path: 'webhooks/graph/notifications', method: RequestMethod.POST },
        { path: 'webhooks/graph/lifecycle', method: RequestMethod.POST },
      );
  }
}

function ownGraphDoor({ endpoints }: SubscriptionOptions): GraphDoor {
  return sharedGraphDoor(endpoints, ({ db, clock }) => new PostgresThrottleGate(db, clock));
}

function watchContext({ db, log, clock }: HostServices, options: SubscriptionOptions, clients: GraphClients): WatchContext {
  const { secretBox, settleMs, confirmMs, sweepIntervalMs: sweepMs } = options;
  const timings = { ...defaultTimings, ...options.timings, settleMs, confirmMs, sweepMs };
  const { quarantineRetryMs } = timings;
  return {
    db,
    log,
    clock,
    graph: new ConnectionGraphDoor({ db, clients, secretBox, clock, log, quarantineRetryMs }),
    timings,
    holder: `subscription:${randomUUID()}`,
    random: chance,
  };
}
