import type { Connection } from '#connections';
import type { LatencyPercentiles, PeopleCounts } from '#people';
import type { WatchHealth } from '#watch';
import { presentReason } from '../http/reason.presenter.js';
import type { HealthAnswer } from './health.schemas.js';

export interface HealthParts {
  readonly connection: Connection;
  /** Null where the connection never was live. */
  readonly watch: WatchHealth | null;
  readonly people: PeopleCounts;
  readonly throttle: { readonly load: number | null; readonly waitsUntil: Date | null };
  readonly latency: Readonly<Record<'1h' | '24h' | '7d', LatencyPercentiles>>;
}

export function presentHealth({ connection, watch, people, throttle, latency }: HealthParts): HealthAnswer {
  const { heldChanges, inactiveSince, ...counts } = people;
  return {
    connectionId: connection.id,
    state: connection.state,
    ...(watch === null ? neverLive : presentWatch(watch)),
    heldChanges,
    throttle: { load: throttle.load, waitsUntil: instant(throttle.waitsUntil) },
    people: { ...counts, inactiveSince: instant(inactiveSince), skippedByReason: { ...counts.skippedByReason } },
    latency: { ...latency },
  };
}

type WatchPart = Omit<HealthAnswer, 'connectionId' | 'state' | 'heldChanges' | 'throttle' | 'people' | 'latency'>;

const neverLive: WatchPart = {
  mode: 'off',
  problem: null,
  degradedSince: null,
  blocked: null,
  lastSweepAt: null,
  missedNotices: 0,
  chains: [],
  subscriptions: [],
  rechecks: { size: 0, oldestSeconds: 0 },
  principals: { pending: 0, unreadable: 0, missing: 0 },
  baselines: [],
};

function presentWatch(watch: WatchHealth): WatchPart {
  return {
    mode: watch.mode,
    problem: watch.problem === null ? null : presentReason(watch.problem.code, watch.problem.message),
    degradedSince: instant(watch.degradedSince),
    blocked: watch.blocked === null ? null : { code: watch.blocked.code, until: watch.blocked.until.toISOString() },
    lastSweepAt: instant(watch.lastSweepAt),
    missedNotices: watch.missedNotices,
    chains: watch.chains.map(({ groupIds, lastReadAt, retryAt, ...chain }) => ({
      ...chain,
      groupIds: [...groupIds],
      lastReadAt: instant(lastReadAt),
      retryAt: instant(retryAt),
    })),
    subscriptions: watch.subscriptions.map(({ expiresAt, renewedAt, ...subscription }) => ({
      ...subscription,
      expiresAt: instant(expiresAt),
      renewedAt: instant(renewedAt),
    })),
    rechecks: watch.rechecks,
    principals: watch.principals,
    baselines: watch.baselines.map((baseline) => ({ ...baseline })),
  };
}

function instant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
