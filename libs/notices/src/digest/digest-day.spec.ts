import { describe, expect, it } from 'vitest';
import { dueDigestDay } from './digest-day.js';

describe('the day of a digest', () => {
  it('begins at its time in the zone of its reader', () => {
    expect(dueDigestDay(new Date('2026-01-15T07:59:00Z'), '08:00', 'UTC')).toBeNull();
    expect(dueDigestDay(new Date('2026-01-15T08:00:00Z'), '08:00', 'UTC')).toBe('2026-01-15');
    expect(dueDigestDay(new Date('2026-01-15T23:30:00Z'), '08:00', 'Asia/Tokyo')).toBe('2026-01-16');
  });

  it('is left out when it is long past, such as after a day of being switched off', () => {
    expect(dueDigestDay(new Date('2026-01-15T13:59:00Z'), '08:00', 'UTC')).toBe('2026-01-15');
    expect(dueDigestDay(new Date('2026-01-15T14:00:00Z'), '08:00', 'UTC')).toBeNull();
  });
});
