import { connectionsMigrations, ensureFirstOrganisation } from '#connections';
import { LogStrategy, messagingMigrations } from '#messaging';
import { noticesMigrations } from '#notices';
import { peopleMigrations } from '#people';
import { runsMigrations } from '#runs';
import type { HostServices, ServiceDefinition } from '#service-host';
import { watchMigrations } from '#watch';
import { AdminApiUpkeepModule, type UpkeepOptions } from './admin-api-upkeep.module.js';
import { AdminApiModule } from './admin-api.module.js';
import type { AdminApiServices } from './admin-api-services.js';
import { configureAdminApi } from './configure-admin-api.js';
import { ADMIN_API_GROUP, feedEvents } from './events/feed-events.handler.js';

/** The schemas that the API reads and writes through their owners. */
export const adminApiOwners = [
  messagingMigrations,
  connectionsMigrations,
  watchMigrations,
  peopleMigrations,
  runsMigrations,
  noticesMigrations,
];

const ADVISED_TOKEN_LENGTH = 16;
/** Appends that come together share a commit, in the order of their coming: a first sync tells two events a person. */
const FEED = { concurrency: 256, inARow: 32 };

/** What the API needs beyond what every process has. */
export type AdminApiOptions = Omit<AdminApiServices, keyof HostServices | 'graph'> &
  UpkeepOptions & {
    readonly graph: (host: HostServices) => AdminApiServices['graph'];
  };

/** The admin API as a service of its own, or as a part of standalone. */
export function adminApiService({ graph, ...options }: AdminApiOptions): ServiceDefinition {
  return {
    name: 'admin-api',
    owners: adminApiOwners,
    modules: (host) => [
      AdminApiModule.register({ ...host, ...options, graph: graph(host) }),
      AdminApiUpkeepModule.register(host, options),
    ],
    strategies: (consumer) => [new LogStrategy({ ...consumer, group: ADMIN_API_GROUP, events: feedEvents, ...FEED })],
    configure: async (app, host) => {
      await ensureFirstOrganisation(host.db);
      if (options.adminToken.length < ADVISED_TOKEN_LENGTH) {
        host.log.warn({ advisedLength: ADVISED_TOKEN_LENGTH }, 'ADMIN_TOKEN is short: whoever guesses it is super admin');
      }
      await configureAdminApi(app);
    },
  };
}
