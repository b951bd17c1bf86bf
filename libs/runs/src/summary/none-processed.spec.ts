import { describe, expect, it } from 'vitest';
import { causeOfNone } from './none-processed.js';

describe('why nobody was taken although members were read', () => {
  it.each([
    ['members that the application may not read', 3, { MEMBERS_UNREADABLE: 3 }, { user: 3 }, 'MEMBERS_UNREADABLE'],
    ['nobody with a usable address', 3, { NO_USABLE_EMAIL: 2, GUEST_EXCLUDED: 1 }, { user: 3 }, 'NO_USABLE_EMAIL'],
    ['filtered out', 2, { EMAIL_EXCLUDED: 2 }, { user: 2 }, 'EMAIL_EXCLUDED'],
    ['only nested groups', 0, {}, { group: 4, device: 1 }, 'GROUP_CONTAINS_GROUPS'],
    ['only devices', 0, {}, { device: 1 }, 'MEMBER_KIND_EXCLUDED'],
    ['nobody at all, which is no problem', 0, {}, {}, null],
  ])('is %s', (_what, fetched, skippedByReason, membersByType, cause) => {
    expect(causeOfNone({ fetched, skippedByReason }, membersByType)).toBe(cause);
  });
});
