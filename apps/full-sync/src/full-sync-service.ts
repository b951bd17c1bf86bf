import { connectionsMigrations } from '#connections';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import type { ServiceDefinition } from '#service-host';
import { watchMigrations } from '#watch';
import { FullSyncModule, type FullSyncOptions } from './full-sync.module.js';

/** Reads whole groups, compares, and publishes what differs. It has no route of its own and consumes nothing: it claims runs. */
export function fullSyncService(options: FullSyncOptions): ServiceDefinition {
  return {
    name: 'full-sync',
    owners: [messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations, runsMigrations],
    modules: (services) => [FullSyncModule.register(services, options)],
  };
}
