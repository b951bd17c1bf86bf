import type { Queryable } from '#database';

/** Postgres channels of this library. A nudge may be lost: whoever listens also looks on a timer. */
export const WATCH_CHANNELS = {
  /** A chain has something to read. */
  due: 'watch_due',
  /** Subscriptions or watched groups changed: the intake's cache is stale. */
  directory: 'watch_directory',
  principals: 'watch_principals',
  rechecks: 'watch_rechecks',
  baselines: 'watch_baselines',
  /** A connection's subscriptions need care. */
  keeper: 'watch_keeper',
} as const;

export type WatchChannel = (typeof WATCH_CHANNELS)[keyof typeof WATCH_CHANNELS];

/** Inside a transaction it is delivered with the commit, and never after a rollback. */
export async function nudge(db: Queryable, ...channels: readonly WatchChannel[]): Promise<void> {
  await db.query(`SELECT pg_notify(channel, '') FROM unnest($1::text[]) AS channel`, [channels]);
}
