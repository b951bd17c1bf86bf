import { describe, expect, it } from 'vitest';
import { nextDue, type Schedule } from './next-due.js';

function dueTimes(schedule: Schedule, from: string, count: number): string[] {
  const times: string[] = [];
  let after = new Date(from);
  while (times.length < count) {
    after = nextDue(schedule, after);
    times.push(after.toISOString());
  }
  return times;
}

describe('when a scheduled run is due', () => {
  const rome = { at: '02:30', zone: 'Europe/Rome' };

  it('is once on the day when 02:30 does not exist', () => {
    const times = dueTimes(rome, '2026-03-28T00:00:00Z', 3);
    expect(times[0]).toBe('2026-03-28T01:30:00.000Z');
    expect(times[1]?.slice(0, 10)).toBe('2026-03-29');
    expect(times[2]).toBe('2026-03-30T00:30:00.000Z');
  });

  it('is once on the day when 02:30 exists twice', () => {
    const times = dueTimes(rome, '2026-10-24T12:00:00Z', 2);
    expect(times[0]?.slice(0, 10)).toBe('2026-10-25');
    expect(times[1]).toBe('2026-10-26T01:30:00.000Z');
  });

  it('keeps the hour of the zone over the year, not of UTC', () => {
    const newYork = { at: '02:00', zone: 'America/New_York' };
    expect(dueTimes(newYork, '2026-01-15T12:00:00Z', 1)).toEqual(['2026-01-16T07:00:00.000Z']);
    expect(dueTimes(newYork, '2026-07-15T12:00:00Z', 1)).toEqual(['2026-07-16T06:00:00.000Z']);
  });

  it('comes on 29 February of a leap year and not of others', () => {
    const utc = { at: '02:00', zone: 'UTC' };
    expect(dueTimes(utc, '2028-02-28T03:00:00Z', 2).map((time) => time.slice(0, 10))).toEqual(['2028-02-29', '2028-03-01']);
    expect(dueTimes(utc, '2027-02-28T03:00:00Z', 1).map((time) => time.slice(0, 10))).toEqual(['2027-03-01']);
  });

  it('is every n hours from the last time', () => {
    expect(dueTimes({ everyHours: 6 }, '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-01T06:00:00.000Z',
      '2026-01-01T12:00:00.000Z',
    ]);
  });
});
