import type { Log } from '#contracts';
import type { Heard } from '#notices';

/** A line for each alert that began or ended; what was counted inside an open one is no line. */
export function logHeard(log: Log, about: object, { opened, resolved }: Heard): void {
  for (const kind of opened) log.warn({ ...about, kind }, 'an alert was opened');
  for (const kind of resolved) log.info({ ...about, kind }, 'an alert has ended');
}
