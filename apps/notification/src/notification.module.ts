import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { Deliverer } from '#notices';
import { countHeldForReview } from '#people';
import { TaskLoop, type HostServices } from '#service-host';
import { composeChannels } from './compose-channels.js';
import { FactHearer } from './fact-hearer.js';
import { HearConnectionFacts } from './hear-connection-facts.handler.js';
import { COUNT_WAITING, HearHeldChange, type CountWaiting } from './hear-held-change.handler.js';
import { HearRunFacts } from './hear-run-facts.handler.js';
import { HearRunOverdue } from './hear-run-overdue.handler.js';
import { NoticeMetrics } from './notice-metrics.js';
import type { NotificationOptions } from './notification-options.js';
import { CheckStandingCausesTask } from './tasks/check-standing-causes.task.js';
import { DeliverNoticesTask } from './tasks/deliver-notices.task.js';
import { KeepNoticesTask } from './tasks/keep-notices.task.js';
import { SendDigestsTask } from './tasks/send-digests.task.js';

@Module({})
export class NotificationModule {
  static register(services: HostServices, options: NotificationOptions): DynamicModule {
    const { db, log, clock, metrics: registry, listener } = services;
    const { channels, states } = composeChannels(services, options);
    const metrics = new NoticeMetrics(registry, db, clock);
    const deliverer = new Deliverer({ db, channels, owner: `notification:${randomUUID()}`, log, clock });
    const tasks = [
      new DeliverNoticesTask(deliverer, metrics),
      new SendDigestsTask(db, clock),
      new CheckStandingCausesTask(db, clock, metrics, log),
      new KeepNoticesTask(db, options.secretBox, states, clock, log),
    ];
    const countWaiting: CountWaiting = async (connectionId) => (await countHeldForReview(db, connectionId))[0]?.waiting ?? 0;
    return {
      module: NotificationModule,
      controllers: [HearRunFacts, HearRunOverdue, HearConnectionFacts, HearHeldChange],
      providers: [
        { provide: FactHearer, useValue: new FactHearer(db, clock, metrics, log) },
        { provide: COUNT_WAITING, useValue: countWaiting },
        ...tasks.map((task) => ({ provide: task.name, useValue: new TaskLoop(task, listener, log) })),
      ],
    };
  }
}
