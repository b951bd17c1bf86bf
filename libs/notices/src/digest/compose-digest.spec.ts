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
      'Open: Full sync of Contoso fails (since 14 Jan 2026, 03:00 (Europe/Berlin), seen 3 times)',
      'Over: Full sync of Contoso fails (since 14 Jan 2026, 06:00 (Europe/Berlin))',
    ]);
    expect(digest?.facts).toEqual([{ label: 'Notices that did not arrive', value: '2' }]);
  });

  it('stays short on a bad day', () => {
    const open = Array.from({ length: 100 }, () => alert({}));
    expect(composeDigest({ open, resolved: [], failedDeliveries: 0 }, 'UTC')?.sentences).toHaveLength(21);
  });
});
