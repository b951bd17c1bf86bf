/** Instants and durations as people read them, in the reader's own time zone. */
export const readersTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export const formatInstant = (iso: string): string => dateAndTime.format(new Date(iso));
export const formatTime = (iso: string): string => timeOnly.format(new Date(iso));
export const formatDate = (iso: string): string => dateOnly.format(new Date(iso));

/** As `<input type="datetime-local">` takes it: the reader's own time, to the second. */
export function localDateTime(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The last instant of a second that a field names, as far as it has come by now: what happened within it belongs to it. Pure. */
export function endOfSecond(localTime: string, now: Date): Date {
  const begin = new Date(localTime).getTime();
  return new Date(Math.max(begin, Math.min(begin + 999, now.getTime())));
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** "3 minutes ago", "in 2 hours", "just now"; one unit is enough to judge by. */
export function relativeTime(iso: string, now: Date): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 5) return 'just now';
  const words = roughDuration(size);
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** "3 minutes": the largest unit that fits, rounded down. */
export function roughDuration(seconds: number): string {
  const [unitSeconds, name] = UNITS.find(([unit]) => seconds >= unit) ?? [1, 'second'];
  const count = Math.floor(seconds / unitSeconds);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** "0.8 s", "420 ms" for what is quick, "2 min 5 s" for what is not. */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

export function millisecondsBetween(from: string, to: string): number {
  return Math.max(0, new Date(to).getTime() - new Date(from).getTime());
}
