import { Module, type DynamicModule } from '@nestjs/common';
import { PostgresThrottleGate, type SecretBox } from '#connections';
import { GraphClients, type GraphClientsOptions } from '#graph-client';
import { RunWorker } from '#runs';
import { sharedGraphDoor, TaskLoop, type GraphDoor, type HostServices } from '#service-host';
import { readConnectionWithPicture } from '#watch';
import { ConnectionAccess } from './connection-access.js';
import { registerRunMetrics } from './run-metrics.js';
import { CloseRunsTask } from './tasks/close-runs.task.js';
import { KeepPlansTask } from './tasks/keep-plans.task.js';
import { StartBaselinesTask } from './tasks/start-baselines.task.js';
import { StartFollowUpsTask } from './tasks/start-follow-ups.task.js';
import { StartScheduledRunsTask } from './tasks/start-scheduled-runs.task.js';
import { WorkOnRunsTask } from './tasks/work-on-runs.task.js';
import { watchBook } from './watch-book.js';

export interface FullSyncOptions {
  readonly secretBox: SecretBox;
  readonly endpoints: GraphClientsOptions['endpoints'];
  /** The process's way to Graph; one of its own unless given. */
  readonly graph?: GraphDoor;
  readonly settleMs: number;
  readonly confirmMs: number;
}

@Module({})
export class FullSyncModule {
  static register(services: HostServices, options: FullSyncOptions): DynamicModule {
    const { db, log, clock, metrics, listener } = services;
    const graph = (options.graph ?? ownGraphDoor(options))(services);
    const access = new ConnectionAccess({ db, graph, secretBox: options.secretBox, clock });
    const book = watchBook(options.settleMs, clock);
    const worker = new RunWorker({
      database: db,
      connections: access,
      book,
      rules: { connectionOf: readConnectionWithPicture },
      clock,
      log,
      owner: `full-sync:${process.pid}`,
      settleMs: options.settleMs,
      confirmMs: options.confirmMs,
    });
    registerRunMetrics(metrics, db);
    const tasks = [
      new WorkOnRunsTask(worker),
      new StartBaselinesTask(db, clock, log),
      new StartFollowUpsTask(db, clock, log),
      new CloseRunsTask(db, book, clock, log),
      new StartScheduledRunsTask(db, clock, log),
      new KeepPlansTask(db, clock),
    ];
    const loops = tasks.map((task) => new TaskLoop(task, listener, log));
    return {
      module: FullSyncModule,
      providers: [
        ...loops.map((loop) => ({ provide: loop.name, useValue: loop })),
        { provide: GraphClients, useValue: { onApplicationShutdown: () => graph.close() } },
      ],
    };
  }
}

function ownGraphDoor({ endpoints }: FullSyncOptions): GraphDoor {
  return sharedGraphDoor(endpoints, ({ db, clock }) => new PostgresThrottleGate(db, clock));
}
