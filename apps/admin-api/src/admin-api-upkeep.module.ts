import { Module, type DynamicModule } from '@nestjs/common';
import { ResealCredentialsTask, type SecretBox } from '#connections';
import { TaskLoop, type HostServices } from '#service-host';
import { registerConnectionMetrics } from './connection-metrics.js';
import { KeepHouseTask } from './tasks/keep-house.task.js';
import { ResealSecretsTask } from './tasks/reseal-secrets.task.js';

/** What the process of the API does beside answering: retention, key rotation, and numbers for operators. */
@Module({})
export class AdminApiUpkeepModule {
  static register({ db, clock, log, listener, metrics }: HostServices, secretBox: SecretBox): DynamicModule {
    registerConnectionMetrics(metrics, db);
    const tasks = [new KeepHouseTask(db, clock, log), new ResealSecretsTask(new ResealCredentialsTask(db, secretBox, log), log)];
    return {
      module: AdminApiUpkeepModule,
      providers: tasks.map((task) => ({ provide: task.name, useValue: new TaskLoop(task, listener, log) })),
    };
  }
}
