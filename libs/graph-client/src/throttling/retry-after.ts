/** A wait longer than a day is a mistake of whoever wrote it. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** Reads `Retry-After`: seconds, also fractional ones (Graph sheet 5.1), or an HTTP date. Null where absent or unreadable. */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now.getTime();
  if (Number.isNaN(waitMs)) return null;
  return Math.min(Math.max(Math.ceil(waitMs), 0), LONGEST_MS);
}
