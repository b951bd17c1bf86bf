import { Cron } from 'croner';
import type { ConnectionSettings } from '#contracts';

export type Schedule = NonNullable<ConnectionSettings['trigger']['fullSync']>;

const HOUR_MS = 60 * 60 * 1000;

/**
 * The first due time after an instant. Daily at a time of a zone: on the day when the clocks go forward over it, it is due at the
 * first minute that exists, on the day when they go back, once. Every n hours: counted from the instant.
 */
export function nextDue(schedule: Schedule, after: Date): Date {
  if ('everyHours' in schedule) return new Date(after.getTime() + schedule.everyHours * HOUR_MS);
  const [hour, minute] = schedule.at.split(':').map(Number);
  const next = new Cron(`${minute} ${hour} * * *`, { timezone: schedule.zone, paused: true }).nextRun(after);
  if (next === null) throw new RangeError(`no time follows ${after.toISOString()} in the schedule ${JSON.stringify(schedule)}`);
  return next;
}
