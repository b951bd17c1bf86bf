import { Gauge, type Registry } from 'prom-client';
import type { Database } from '#database';
import { countRuns } from '#runs';

/** How many runs are in each unended state, and how long ago the oldest was asked for. A database that is away leaves the last values. */
export function registerRunMetrics(registry: Registry, db: Database): void {
  const age = new Gauge({
    name: 'rollcall_sync_run_age_seconds',
    help: 'Age of the oldest sync run in this state',
    labelNames: ['state'],
    registers: [registry],
  });
  new Gauge({
    name: 'rollcall_sync_runs',
    help: 'Sync runs in each state that has not ended',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const { state, runs, oldestSeconds } of await countRuns(db).catch(() => [])) {
        this.set({ state }, runs);
        age.set({ state }, oldestSeconds);
      }
    },
  });
}
