import { Gauge, type Registry } from 'prom-client';
import { connectionStateCounts } from '#connections';
import type { Queryable } from '#database';

/** How many connections are in each state, read once a scrape. A database that is away leaves the last values. */
export function registerConnectionMetrics(registry: Registry, db: Queryable): void {
  new Gauge({
    name: 'rollcall_connections',
    help: 'Connections by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await connectionStateCounts(db).catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
}
