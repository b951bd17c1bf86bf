const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a clock of a time zone shows: `2026-03-29`, and how far it is before UTC in milliseconds. */
export interface ClockReading {
  readonly date: string;
  readonly offsetMs: number;
}

/** Building one takes longer than asking it a thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Reads the clock of a zone at an instant (milliseconds since 1970). Throws `RangeError` for a zone that does not exist. */
export function readClock(zone: string, instant: number): ClockReading {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const shown: Partial<Record<string, string>> = {};
  for (const { type, value } of format.formatToParts(instant)) shown[type] = value;
  const date = `${shown['year']}-${shown['month']}-${shown['day']}`;
  const wall = Date.parse(`${date}T${shown['hour']}:${shown['minute']}:00Z`);
  return { date, offsetMs: wall - Math.floor(instant / MINUTE_MS) * MINUTE_MS };
}

/**
 * The first instant (milliseconds since 1970) at which the clock of a zone shows this date and time (`02:30`), or, where clocks go
 * forward over it, the first that they show after it, on the next day too. A zone changes its clocks at most once in two days.
 */
export function firstInstantOf(zone: string, date: string, time: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = readClock(zone, wall - DAY_MS).offsetMs;
  const after = readClock(zone, wall + DAY_MS).offsetMs;
  const existing = [wall - before, wall - after].filter((instant) => instant + readClock(zone, instant).offsetMs === wall);
  return existing.length > 0 ? Math.min(...existing) : changeBetween(zone, wall - after, wall - before);
}

/** The minute from which on the clocks of the zone go as they do at `to`; they go otherwise at `from`. */
function changeBetween(zone: string, from: number, to: number): number {
  const target = readClock(zone, to).offsetMs;
  let [earlier, later] = [from, to];
  while (later - earlier > MINUTE_MS) {
    const middle = earlier + Math.floor((later - earlier) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (readClock(zone, middle).offsetMs === target) later = middle;
    else earlier = middle;
  }
  return later;
}
