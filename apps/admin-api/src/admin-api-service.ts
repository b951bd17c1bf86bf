import { connectionsMigrations, ensureFirstOrganisation } from '#connections';
import { LogStrategy, messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import type { HostServices, ServiceDefinition } from '#service-host';
import { watchMigrations } from '#watch';
import { AdminApiModule } from './admin-api.module.js';
import type { AdminApiServices } from './admin-api-services.js';
import { configureAdminApi } from './configure-admin-api.js';
import { ADMIN_API_GROUP, feedEvents } from './events/feed-events.handler.js';

/** The schemas that the API reads and writes through their owners. */
export const adminApiOwners = [messagingMigrations, connectionsMigrations, watchMigrations, peopleMigrations, runsMigrations];

/** What the API needs beyond what every process has. */
export type AdminApiOptions = Omit<AdminApiServices, keyof HostServices | 'graph'> & {
  readonly graph: (host: HostServices) => AdminApiServices['graph'];
};

/** The admin API as a service of its own, or as a part of standalone. */
export function adminApiService({ graph, ...options }: AdminApiOptions): ServiceDefinition {
  return {
    name: 'admin-api',
    owners: adminApiOwners,
    modules: (host) => [AdminApiModule.register({ ...host, ...options, graph: graph(host) })],
    strategies: ({ engine, db, log, clock }) => [
      new LogStrategy({ group: ADMIN_API_GROUP, engine, db, log, clock, events: feedEvents }),
    ],
    configure: async (app, host) => {
      await ensureFirstOrganisation(host.db);
      await configureAdminApi(app);
    },
  };
}
