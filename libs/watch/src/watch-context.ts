import type { Clock, Log } from '#contracts';
import type { Database } from '#database';
import type { GraphDoor } from './graph-door.js';

/** Durations in milliseconds. */
export interface WatchTimings {
  /** Every chain is read at least this often; also the interval of polling mode. */
  readonly sweepMs: number;
  /** The same while notifications have stopped although changes are found. */
  readonly degradedSweepMs: number;
  /** How long evidence may be stale: rechecks wait for it (invariant 2). */
  readonly settleMs: number;
  /** Between a complete read that lacks a member and the question to the member's own side (invariant 4). */
  readonly confirmMs: number;
  /** An early read after a notification may see nothing or a part: it is repeated after both. */
  readonly rereadSoonMs: number;
  readonly rereadLateMs: number;
  /** Between two reads of a chain that notifications ask for: what comes faster is read together, and Graph is not asked for each. */
  readonly gatherMs: number;
  /** A change that the sweep found is early for this long; then its notification counts as missed. */
  readonly missedAfterMs: number;
  /** A killed holder's chain is free again after this long. */
  readonly leaseMs: number;
  /** A quarantined connection is tried again this often: with the default, one token request a minute at most. */
  readonly quarantineRetryMs: number;
}

export const defaultTimings: WatchTimings = {
  sweepMs: 300_000,
  degradedSweepMs: 30_000,
  settleMs: 900_000,
  confirmMs: 60_000,
  rereadSoonMs: 10_000,
  rereadLateMs: 60_000,
  gatherMs: 200,
  missedAfterMs: 900_000,
  leaseMs: 30_000,
  quarantineRetryMs: 60_000,
};

/** What every part of the watch works with. */
export interface WatchContext {
  readonly db: Database;
  readonly graph: GraphDoor;
  readonly clock: Clock;
  readonly log: Log;
  readonly timings: WatchTimings;
  /** Names this process in leases. */
  readonly holder: string;
  readonly random: () => number;
}
