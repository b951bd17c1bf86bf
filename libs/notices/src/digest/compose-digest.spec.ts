import { describe, expect, it } from 'vitest';
import type { StoredAlert } from '../queries/list-alerts.js';
import { composeDigest } from './compose-digest.js';

const alert = (overrides: Partial<StoredAlert>): StoredAlert => ({
  id: 'a',
  connectionId: 'c',
  kind: 'runFailed',
  cause: 'run-failing:c:full',
  stage: 'THROTTLED',
  isUrgent: false,
  state: 'open',
  count: 1,
  content: { title: 'Full sync of Contoso fails', sentences: [], facts: [], links: [] },
  openedAt: new Date('2026-01-14T02:00:00Z'),
  updatedAt: new Date('2026-01-14T02:00:00Z'),
  resolvedAt: null,
  ...overrides,
});

describe('the daily digest', () => {
  it('says nothing where there is nothing to say', () => {
    expect(composeDigest({ open: [], resolved: [], failedDeliveries: 0 }, 'UTC')).toBeNull();
    expect(composeDigest({ open: [], resolved: [alert({ kind: 'runFinished' })], failedDeliveries: 0 }, 'UTC')).toBeNull();
  });

  it("names what is open, how often it was seen, what is over, and what did not arrive, in the reader's zone", () => {
    const over = alert({ state: 'resolved', resolvedAt: new Date('2026-01-14T05:00:00Z') });
    const digest = composeDigest({ open: [alert({ count: 3 })], resolved: [over], failedDeliveries: 2 }, 'Europe/Berlin');
    expect(digest?.title).toBe('Daily summary: 1 alert is open');
    expect(digest?.sentences).toEqual([
      'Open since 14 Jan 2026, 03:00: Full sync of Contoso fails (seen 3 times)',
      'Over since 14 Jan 2026, 06:00: Full sync of Contoso fails',
      'Times are in the zone Europe/Berlin.',
    ]);
    expect(digest?.facts).toEqual([{ label: 'Notices that did not arrive', value: '2' }]);
    expect(digest?.links.map(({ label }) => label)).toEqual(['All notices', 'See what was sent']);
  });

  it('stays short on a bad day', () => {
    const titled = (title: string) => alert({ content: { title, sentences: [], facts: [], links: [] } });
    const open = Array.from({ length: 100 }, (_, n) => titled(`Full sync of Contoso ${n} fails`));
    expect(composeDigest({ open, resolved: [], failedDeliveries: 0 }, 'UTC')?.sentences).toHaveLength(22);
    const equal = Array.from({ length: 100 }, () => titled('Full sync of Contoso fails'));
    expect(composeDigest({ open: [], resolved: equal, failedDeliveries: 0 }, 'UTC')?.sentences).toEqual([
      'Over since 14 Jan 2026, 02:00: Full sync of Contoso fails (seen 100 times)',
      'Times are in the zone UTC.',
    ]);
  });
});
