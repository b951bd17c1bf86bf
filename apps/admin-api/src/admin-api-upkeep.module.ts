import { Module, type DynamicModule } from '@nestjs/common';
import { ResealCredentialsTask, type SecretBox } from '#connections';
import { TaskLoop, type HostServices } from '#service-host';
import { registerConnectionMetrics } from './connection-metrics.js';
import { KeepHouseTask } from './tasks/keep-house.task.js';
import { RaiseAlarmsTask } from './tasks/raise-alarms.task.js';
import { ResealSecretsTask } from './tasks/reseal-secrets.task.js';

export interface UpkeepOptions {
  readonly secretBox: SecretBox;
  /** How often every delta chain is to be read; missing it three times is an alarm. */
  readonly sweepIntervalMs: number;
}

/** What the process of the API does beside answering: retention, key rotation, alarms of what others left undone, and numbers. */
@Module({})
export class AdminApiUpkeepModule {
  static register({ db, clock, log, listener, metrics }: HostServices, options: UpkeepOptions): DynamicModule {
    const { secretBox, sweepIntervalMs } = options;
    registerConnectionMetrics(metrics, db);
    const tasks = [
      new KeepHouseTask(db, clock, log),
      new ResealSecretsTask(new ResealCredentialsTask(db, secretBox, log), log),
      new RaiseAlarmsTask(db, clock, log, sweepIntervalMs),
    ];
    return {
      module: AdminApiUpkeepModule,
      providers: tasks.map((task) => ({ provide: task.name, useValue: new TaskLoop(task, listener, log) })),
    };
  }
}
