import { Gauge, type Registry } from 'prom-client';
import type { Database } from '#database';
import { watchBacklog, type WatchBacklog } from '#watch';

const GAUGES: Readonly<Record<keyof WatchBacklog, { readonly name: string; readonly help: string }>> = {
  dueChains: { name: 'rollcall_watch_due_chains', help: 'Delta chains with a notice that was not read yet' },
  oldestDueSeconds: { name: 'rollcall_watch_oldest_due_seconds', help: 'Age of the oldest notice that was not read yet' },
  rechecks: { name: 'rollcall_watch_rechecks', help: 'Facts that wait to be read directly again' },
  oldestRecheckSeconds: { name: 'rollcall_watch_oldest_recheck_seconds', help: 'Age of the oldest recheck' },
  pendingPrincipals: { name: 'rollcall_watch_pending_principals', help: 'People whose attributes are not read yet' },
  degradedConnections: { name: 'rollcall_watch_degraded_connections', help: 'Connections whose notifications have stopped' },
  missedNotices: { name: 'rollcall_watch_missed_notices', help: 'Changes whose notification never came' },
};

/** What waits in the watch, read once a scrape. A database that is away leaves the last values. */
export function registerWatchMetrics(registry: Registry, db: Database): void {
  const gauges = new Map<keyof WatchBacklog, Gauge>();
  const names = Object.keys(GAUGES) as (keyof WatchBacklog)[];
  for (const [position, key] of names.entries()) {
    const collect = async () => {
      const backlog = await watchBacklog(db).catch(() => null);
      if (backlog !== null) for (const name of names) gauges.get(name)?.set(backlog[name]);
    };
    gauges.set(key, new Gauge({ ...GAUGES[key], registers: [registry], ...(position === 0 ? { collect } : {}) }));
  }
}
