import { describe, expect, it } from 'vitest';
import { endOfSecond, formatDuration, localDateTime, millisecondsBetween, relativeTime, roughDuration } from './instants.js';

const now = new Date('2026-11-22T12:00:00Z');

describe('relativeTime', () => {
  it('says how long ago, or how soon, in one unit', () => {
    expect(relativeTime('2026-11-22T11:57:10Z', now)).toBe('2 minutes ago');
    expect(relativeTime('2026-11-22T13:00:00Z', now)).toBe('in 1 hour');
    expect(relativeTime('2026-11-22T11:59:58Z', now)).toBe('just now');
  });
});

describe('formatDuration', () => {
  it('keeps tenths of seconds where they matter', () => {
    expect(formatDuration(42)).toBe('42 ms');
    expect(formatDuration(812)).toBe('0.8 s');
    expect(formatDuration(125_000)).toBe('2 min 5 s');
    expect(formatDuration(3_720_000)).toBe('1 h 2 min');
  });
});

describe('roughDuration', () => {
  it('names the largest unit that fits', () => {
    expect(roughDuration(86_400 * 3 + 5)).toBe('3 days');
    expect(roughDuration(1)).toBe('1 second');
  });
});

describe('millisecondsBetween', () => {
  it('is never negative: clocks of two machines differ', () => {
    expect(millisecondsBetween('2026-11-22T12:00:01Z', '2026-11-22T12:00:00Z')).toBe(0);
  });
});

describe('localDateTime', () => {
  it('is read back as the same second', () => {
    const at = new Date('2026-11-03T04:05:06Z');
    expect(new Date(localDateTime(at)).toISOString()).toBe('2026-11-03T04:05:06.000Z');
  });
});

describe('endOfSecond', () => {
  it('is the whole second that was typed, but nothing that is yet to come', () => {
    const begin = new Date('2026-11-22T11:59:30').getTime();
    const after = (ms: number) => new Date(begin + ms);
    expect(endOfSecond('2026-11-22T11:59:30', after(60_000))).toEqual(after(999));
    expect(endOfSecond('2026-11-22T11:59:30', after(500))).toEqual(after(500));
  });
});
