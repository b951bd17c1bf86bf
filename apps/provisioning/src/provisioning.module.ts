import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { renameWatchedGroup } from '#connections';
import { PageApplier, type PeopleContext } from '#people';
import { TaskLoop, type HostServices } from '#service-host';
import { addRechecks, readConnectionWithPicture } from '#watch';
import { ApplyGroupChanged } from './apply-group-changed.handler.js';
import { ApplyMembershipsChanged } from './apply-memberships-changed.handler.js';
import { ApplyUsersChanged } from './apply-users-changed.handler.js';
import { PageMetrics } from './page-metrics.js';
import { PageRecord } from './page-record.js';
import { KeepHouseTask } from './tasks/keep-house.task.js';
import { RedecideConnectionsTask } from './tasks/redecide-connections.task.js';
import { RepairRoundsTask } from './tasks/repair-rounds.task.js';

export interface ProvisioningOptions {
  readonly settleMs: number;
}

/** What `#people` gets from owners that it may not import. */
const context: PeopleContext = {
  connectionOf: readConnectionWithPicture,
  onContradiction: addRechecks,
  onGroupNamed: async (tx, connectionId, group) => void (await renameWatchedGroup(tx, connectionId, group)),
};

@Module({})
export class ProvisioningModule {
  static register({ db, clock, log, metrics, listener }: HostServices, { settleMs }: ProvisioningOptions): DynamicModule {
    const redecide = new RedecideConnectionsTask(db, { context, clock, settleMs, newId: randomUUID }, clock, log);
    return {
      module: ProvisioningModule,
      controllers: [ApplyUsersChanged, ApplyMembershipsChanged, ApplyGroupChanged],
      providers: [
        { provide: PageApplier, useValue: new PageApplier({ db, clock, log, settleMs, context }) },
        { provide: PageRecord, useValue: new PageRecord(new PageMetrics(metrics), log) },
        { provide: KeepHouseTask, useValue: new KeepHouseTask(db, clock, log) },
        { provide: RedecideConnectionsTask, useValue: new TaskLoop(redecide, listener, log) },
        { provide: RepairRoundsTask, useValue: new TaskLoop(new RepairRoundsTask(db, clock, log), listener, log) },
      ],
    };
  }
}
