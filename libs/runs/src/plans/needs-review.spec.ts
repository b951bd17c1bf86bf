import { describe, expect, it } from 'vitest';
import { needsReview } from './needs-review.js';

describe('whether a plan waits for a person', () => {
  it.each([
    ['review', 'automatic', { create: 1 }, true],
    ['review', 'automatic', { skip: 3 }, false],
    ['review', 'automatic', {}, false],
    ['automatic', 'automatic', { deactivate: 50, update: 3 }, false],
    ['automatic', 'reviewRemovals', { create: 2, update: 1 }, false],
    ['automatic', 'reviewRemovals', { create: 2, revoke: 1 }, true],
    ['automatic', 'reviewAll', { update: 1 }, true],
    ['automatic', 'reviewAll', { create: 9, grant: 9 }, false],
  ] as const)('asked %s, setting %s, plan %o: %s', (asked, setting, counts, waits) => {
    expect(needsReview({ asked, setting, counts })).toBe(waits);
  });
});
