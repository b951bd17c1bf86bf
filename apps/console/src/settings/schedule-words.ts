import type { FullSyncSchedule } from '../api/types.js';

/** When full sync runs by itself: "every 6 hours", "every day at 02:00, TZ: Europe/London", "never by itself". Pure. */
export function scheduleWords(schedule: FullSyncSchedule): string {
  if (schedule === null) return 'never by itself';
  if ('at' in schedule) return `every day at ${schedule.at}, TZ: ${schedule.zone}`;
  return schedule.everyHours === 1 ? 'every hour' : `every ${schedule.everyHours} hours`;
}
