import { DateTime } from 'luxon';
import { atTime } from '../quiet-hours/quiet-hours.js';

/** A digest that could not be written in time is still of use for this long. */
const LATE_HOURS = 6;

/** The day (`YYYY-MM-DD` of the recipient's zone) whose digest is due now; null before its time, and long after it. */
export function dueDigestDay(now: Date, at: string, zone: string): string | null {
  const local = DateTime.fromJSDate(now, { zone });
  const due = atTime(local, at);
  const isDue = local >= due && local < due.plus({ hours: LATE_HOURS });
  return isDue ? local.toFormat('yyyy-MM-dd') : null;
}
