import { DateTime, IANAZone } from 'luxon';

/** Times of day as `HH:MM`. `to` before `from` runs over midnight; equal ones mean the whole day. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export function isTimeZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** Whether it is quiet for somebody in that zone. */
export function isQuiet(now: Date, hours: QuietHours | null, zone: string): boolean {
  return quietUntil(now, hours, zone) !== null;
}

/**
 * When the quiet hours that now run end, null outside of them. A wall-clock time that the change to summer time skips is the first
 * moment after it.
 */
export function quietUntil(now: Date, hours: QuietHours | null, zone: string): Date | null {
  if (hours === null) return null;
  const local = DateTime.fromJSDate(now, { zone });
  const clock = local.toFormat('HH:mm');
  const overMidnight = hours.from >= hours.to;
  const quiet = overMidnight ? clock >= hours.from || clock < hours.to : clock >= hours.from && clock < hours.to;
  if (!quiet) return null;
  const endsToday = clock < hours.to;
  return atTime(endsToday ? local : local.plus({ days: 1 }), hours.to).toJSDate();
}

export function atTime(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}
