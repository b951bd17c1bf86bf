import { Module, type DynamicModule } from '@nestjs/common';
import { readConnectionForDecisions } from '#connections';
import { PageApplier, type PeopleContext } from '#people';
import type { HostServices } from '#service-host';
import { addRechecks } from '#watch';
import { ApplyGroupChanged } from './apply-group-changed.handler.js';
import { ApplyMembershipsChanged } from './apply-memberships-changed.handler.js';
import { ApplyUsersChanged } from './apply-users-changed.handler.js';
import { PageMetrics } from './page-metrics.js';
import { KeepHouseTask } from './tasks/keep-house.task.js';

export interface ProvisioningOptions {
  readonly settleMs: number;
}

/** What `#people` gets from owners that it may not import. */
export const peopleContext: PeopleContext = { connectionOf: readConnectionForDecisions, onContradiction: addRechecks };

@Module({})
export class ProvisioningModule {
  static register({ db, clock, log, metrics }: HostServices, { settleMs }: ProvisioningOptions): DynamicModule {
    return {
      module: ProvisioningModule,
      controllers: [ApplyUsersChanged, ApplyMembershipsChanged, ApplyGroupChanged],
      providers: [
        { provide: PageApplier, useValue: new PageApplier({ db, clock, log, settleMs, context: peopleContext }) },
        { provide: PageMetrics, useValue: new PageMetrics(metrics) },
        { provide: KeepHouseTask, useValue: new KeepHouseTask(db, clock, log) },
      ],
    };
  }
}
