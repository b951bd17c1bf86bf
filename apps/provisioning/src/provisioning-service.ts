import { connectionsMigrations } from '#connections';
import { groupChangedV1, membershipsChangedV1, usersChangedV1 } from '#contracts';
import { LogStrategy, messagingMigrations } from '#messaging';
import { peopleMigrations, refusePage } from '#people';
import type { ServiceDefinition } from '#service-host';
import { watchMigrations } from '#watch';
import { openRepair } from './open-repair.js';
import { PROVISIONING_GROUP } from './provisioning-group.js';
import { ProvisioningModule, type ProvisioningOptions } from './provisioning.module.js';

/** Turns directory facts into accounts and grants: one consumer of `directory.changes.v1`, and its housekeeping. */
export function provisioningService(options: ProvisioningOptions): ServiceDefinition {
  return {
    name: 'provisioning',
    owners: [messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations],
    modules: (services) => [ProvisioningModule.register(services, options)],
    strategies: (consumer) => [
      new LogStrategy({
        ...consumer,
        group: PROVISIONING_GROUP,
        events: [usersChangedV1, membershipsChangedV1, groupChangedV1],
        onDeadLetter: async (tx, fact) => {
          await refusePage(tx, fact, consumer.clock());
          await openRepair(tx, fact, consumer.clock());
        },
      }),
    ],
  };
}
