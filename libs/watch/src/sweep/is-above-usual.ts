/** Graph loses a notice now and then: so many in a day are no news even where none is usual. */
const NEVER_NEWS = 2;

/**
 * Whether so many missed notices in a day are more than the usual of the days before: beyond what chance makes of an even rate (three
 * times its spread). Pure.
 */
export function isAboveUsual(missed: number, usual: number): boolean {
  return missed > Math.max(NEVER_NEWS, usual + 3 * Math.sqrt(usual));
}
