import type { Activity, HeldChange } from '../api/types.js';

export type Moment = { readonly at: string; readonly effect: Activity } | { readonly at: string; readonly ended: HeldChange };

/**
 * Effects, and the ends of what was held, newest first. Where older effects are not loaded yet, what ended before the oldest one shown
 * waits for them. Pure.
 */
export function mergeTimeline(effects: readonly Activity[], ended: readonly HeldChange[], isWhole: boolean): Moment[] {
  const oldest = effects.at(-1)?.appliedAt;
  const ends = ended.flatMap((held) => (held.closed === null ? [] : [{ at: held.closed.at, ended: held }]));
  const shown = ends.filter(({ at }) => isWhole || oldest === undefined || at >= oldest);
  const moments: Moment[] = [...effects.map((effect) => ({ at: effect.appliedAt, effect })), ...shown];
  return moments.toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}
