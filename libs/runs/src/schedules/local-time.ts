import { DateTime, IANAZone } from 'luxon';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The day (`2026-03-29`) that the clocks of a zone show at an instant (milliseconds since 1970). */
export function dayIn(zone: string, instant: number): string {
  return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd');
}

/**
 * The first instant (milliseconds since 1970) at which the clocks of a zone show this day and time (`02:30`), or, where they go forward
 * over it, the first that they show after it, on the next day too: libraries shift such a time by the gap, or leave out the day. A zone
 * changes its clocks at most once in two days.
 */
export function firstInstantOf(zone: string, day: string, time: string): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const before = wall - offsetMs(zone, wall - DAY_MS);
  const after = wall - offsetMs(zone, wall + DAY_MS);
  const existing = [before, after].filter((instant) => instant + offsetMs(zone, instant) === wall);
  return existing.length > 0 ? Math.min(...existing) : changeBetween(zone, after, before);
}

/** The minute from which on the clocks of the zone go as they do at `to`; they go otherwise at `from`. */
function changeBetween(zone: string, from: number, to: number): number {
  const target = offsetMs(zone, to);
  let [earlier, later] = [from, to];
  while (later - earlier > MINUTE_MS) {
    const middle = earlier + Math.floor((later - earlier) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (offsetMs(zone, middle) === target) later = middle;
    else earlier = middle;
  }
  return later;
}

/** How far the clocks of a zone are before UTC at an instant. */
function offsetMs(zone: string, instant: number): number {
  return IANAZone.create(zone).offset(instant) * MINUTE_MS;
}
