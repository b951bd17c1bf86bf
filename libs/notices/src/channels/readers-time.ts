import { DateTime } from 'luxon';
import type { LabelledValue } from '../content.js';

/** An instant as clocks in that zone show it, such as `2 Mar 2026, 12:00`: where the zone is said beside it. */
export function clockTime(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).setLocale('en-GB').toFormat('d LLL yyyy, HH:mm');
}

/** An instant as somebody in that zone reads it, such as `2 Mar 2026, 12:00 (Europe/London)`. */
export function readersTime(at: Date, zone: string): string {
  return `${clockTime(at, zone)} (${zone})`;
}

/** A fact's value as it is shown to a reader in that zone. */
export function readersValue({ value, isInstant }: LabelledValue, zone: string): string {
  const at = new Date(value);
  return isInstant === true && !Number.isNaN(at.getTime()) ? readersTime(at, zone) : value;
}
