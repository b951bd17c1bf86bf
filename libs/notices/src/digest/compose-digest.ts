import { readersTime } from '../channels/readers-time.js';
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
      ...lines(open, 'Open', ({ openedAt }) => `since ${readersTime(openedAt, zone)}`),
      ...lines(problems, 'Over', ({ resolvedAt, updatedAt }) => `since ${readersTime(resolvedAt ?? updatedAt, zone)}`),
    ],
    facts: failedDeliveries === 0 ? [] : [{ label: 'Notices that did not arrive', value: String(failedDeliveries) }],
    links: [pageLinks.notices()],
  };
}

function lines(alerts: readonly StoredAlert[], label: string, when: (alert: StoredAlert) => string): string[] {
  const shown = alerts.slice(0, MOST_LINES).map((alert) => {
    const times = alert.count > 1 ? `, seen ${alert.count} times` : '';
    return `${label}: ${alert.content.title} (${when(alert)}${times})`;
  });
  const rest = alerts.length - shown.length;
  return rest > 0 ? [...shown, `${label}: ${rest} more`] : shown;
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
