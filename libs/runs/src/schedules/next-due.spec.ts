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

  it('is once on the day when 02:30 does not exist, at the first minute that does', () => {
    expect(dueTimes(rome, '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(dueTimes(rome, '2026-03-29T01:00:00Z', 1), 'looked at again half an hour later').toEqual(['2026-03-30T00:30:00.000Z']);
  });

  it('is once on the day when 02:30 exists twice, at the first of them', () => {
    expect(dueTimes(rome, '2026-10-24T12:00:00Z', 2)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
    for (const between of ['2026-10-25T00:30:00Z', '2026-10-25T01:29:59Z', '2026-10-25T01:31:00Z']) {
      expect(dueTimes(rome, between, 1), between).toEqual(['2026-10-26T01:30:00.000Z']);
    }
  });

  it.each(['Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kolkata', 'UTC'])(
    'is once on every day of two years in %s, one of them a leap year',
    (zone) => {
      const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
      for (const at of ['00:00', '02:30', '23:59']) {
        const days = dueTimes({ at, zone }, '2026-12-31T12:00:00Z', 731).map((time) => dayOf.format(new Date(time)));
        expect(new Set(days).size, `${at} comes on as many days as there are`).toBe(731);
        expect(days).toContain('2028-02-29');
      }
    },
  );

  // Each the day before the clocks go forward, that day, and the day after it.
  it.each([
    ['at the beginning of a day', 'Africa/Cairo', '00:15', ['2026-04-22T22:15', '2026-04-23T22:00', '2026-04-24T21:15']],
    [
      'at its end, when the next one has begun',
      'America/Nuuk',
      '23:30',
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    ['by two hours', 'Antarctica/Troll', '02:59', ['2026-03-28T02:59', '2026-03-29T01:00', '2026-03-30T00:59']],
  ])('is once where the clocks go forward %s, in %s over %s', (_where, zone, at, expected) => {
    expect(dueTimes({ at, zone }, `${expected[0]!}:00Z`, 2)).toEqual(expected.slice(1).map((time) => `${time}:00.000Z`));
    expect(dueTimes({ at, zone }, new Date(Date.parse(`${expected[0]!}:00Z`) - 1).toISOString(), 1)).toEqual([
      `${expected[0]!}:00.000Z`,
    ]);
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

  it('is every n hours from the due time before, however late that run began or how many were missed', () => {
    const every6 = (after: string) => nextDue({ everyHours: 6 }, new Date(after), new Date('2026-01-01T00:00:00Z')).toISOString();
    expect(every6('2026-01-01T00:00:04Z')).toBe('2026-01-01T06:00:00.000Z');
    expect(every6('2026-01-01T17:59:59Z')).toBe('2026-01-01T18:00:00.000Z');
    expect(every6('2026-01-01T18:00:00Z')).toBe('2026-01-02T00:00:00.000Z');
    expect(dueTimes({ everyHours: 6 }, '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-01T06:00:00.000Z',
      '2026-01-01T12:00:00.000Z',
    ]);
  });
});
