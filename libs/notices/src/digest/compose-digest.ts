import { clockTime } from '../channels/readers-time.js';
import type { NoticeContent } from '../content.js';
import { pageLinks } from '../page-links.js';
import type { StoredAlert } from '../queries/list-alerts.js';

export interface DigestDay {
  /** Open now, oldest first. */
  readonly open: readonly StoredAlert[];
  /** Resolved within the last day. */
  readonly resolved: readonly StoredAlert[];
  /** Deliveries of the last day that nobody took. */
  readonly failedDeliveries: number;
}

const MOST_LINES = 20;

/** One message about a day, for a reader in that zone. Null where there is nothing to say: silence is good news. */
export function composeDigest({ open, resolved, failedDeliveries }: DigestDay, zone: string): NoticeContent | null {
  const problems = resolved.filter(({ kind }) => kind !== 'runFinished');
  if (open.length === 0 && problems.length === 0 && failedDeliveries === 0) return null;
  return {
    title:
      open.length === 0
        ? 'Daily summary: nothing is open'
        : `Daily summary: ${countOf(open.length, 'alert is open', 'alerts are open')}`,
    sentences: [
      ...lines(open, 'Open', ({ openedAt }) => clockTime(openedAt, zone)),
      ...lines(problems, 'Over', ({ resolvedAt, updatedAt }) => clockTime(resolvedAt ?? updatedAt, zone)),
      ...(open.length + problems.length === 0 ? [] : [`Times are in the zone ${zone}.`]),
    ],
    facts: failedDeliveries === 0 ? [] : [{ label: 'Notices that did not arrive', value: String(failedDeliveries) }],
    links: [pageLinks.notices(), ...(failedDeliveries === 0 ? [] : [pageLinks.deliveries()])],
  };
}

/** Alerts of one title are one line: since the first of them, and how often they were seen together. */
function lines(alerts: readonly StoredAlert[], label: string, since: (alert: StoredAlert) => string): string[] {
  const byTitle = new Map<string, { readonly first: StoredAlert; readonly seen: number }>();
  for (const alert of alerts) {
    const { first = alert, seen = 0 } = byTitle.get(alert.content.title) ?? {};
    byTitle.set(alert.content.title, { first, seen: seen + alert.count });
  }
  const shown = [...byTitle].slice(0, MOST_LINES).map(([title, { first, seen }]) => {
    const times = seen > 1 ? ` (seen ${seen} times)` : '';
    return `${label} since ${since(first)}: ${title}${times}`;
  });
  const rest = byTitle.size - shown.length;
  return rest > 0 ? [...shown, `${label}: ${rest} more`] : shown;
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
