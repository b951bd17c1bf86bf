import type { ConnectionSettings } from '#contracts';
import { dayIn, firstInstantOf } from './local-time.js';

export type Schedule = NonNullable<ConnectionSettings['trigger']['fullSync']>;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The first due time after an instant. Daily at a time of a zone: on the day when the clocks go forward over it, it is due at the
 * first minute that exists, on the day when they go back, once. Every n hours: counted from `since`, the due time before, so that a
 * run which begins some seconds late does not put off all that follow.
 */
export function nextDue(schedule: Schedule, after: Date, since: Date = after): Date {
  if ('everyHours' in schedule) {
    const stepMs = schedule.everyHours * HOUR_MS;
    const steps = Math.max(1, Math.floor((after.getTime() - since.getTime()) / stepMs) + 1);
    return new Date(since.getTime() + steps * stepMs);
  }
  const { at, zone } = schedule;
  const today = Date.parse(`${dayIn(zone, after.getTime())}T00:00:00Z`);
  for (let day = today; ; day += DAY_MS) {
    const due = firstInstantOf(zone, new Date(day).toISOString().slice(0, 10), at);
    if (due > after.getTime()) return new Date(due);
  }
}
