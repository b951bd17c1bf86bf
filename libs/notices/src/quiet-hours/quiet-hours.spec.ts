import { describe, expect, it } from 'vitest';
import { isQuiet, isTimeZone, quietUntil } from './quiet-hours.js';

const night = { from: '22:00', to: '07:00' };
const noon = { from: '12:00', to: '13:00' };

describe('quiet hours', () => {
  it('are those of the recipient, not of the server', () => {
    const now = new Date('2026-01-15T23:30:00Z');
    expect(isQuiet(now, night, 'Europe/London')).toBe(true);
    expect(isQuiet(now, night, 'America/New_York')).toBe(false);
    expect(isQuiet(now, null, 'Europe/London')).toBe(false);
  });

  it('run over midnight and end in the morning', () => {
    expect(quietUntil(new Date('2026-01-15T23:30:00Z'), night, 'UTC')).toEqual(new Date('2026-01-16T07:00:00Z'));
    expect(quietUntil(new Date('2026-01-16T06:59:59Z'), night, 'UTC')).toEqual(new Date('2026-01-16T07:00:00Z'));
    expect(quietUntil(new Date('2026-01-16T07:00:00Z'), night, 'UTC')).toBeNull();
  });

  it('may lie within a day', () => {
    expect(quietUntil(new Date('2026-01-15T12:30:00Z'), noon, 'UTC')).toEqual(new Date('2026-01-15T13:00:00Z'));
    expect(quietUntil(new Date('2026-01-15T11:59:00Z'), noon, 'UTC')).toBeNull();
  });

  it('end by the wall clock over both changes of summer time', () => {
    expect(quietUntil(new Date('2026-03-28T23:00:00Z'), night, 'Europe/Berlin')).toEqual(new Date('2026-03-29T05:00:00Z'));
    expect(quietUntil(new Date('2026-10-24T22:00:00Z'), night, 'Europe/Berlin')).toEqual(new Date('2026-10-25T06:00:00Z'));
  });

  it('are the whole day where both ends are equal', () => {
    expect(quietUntil(new Date('2026-01-15T09:00:00Z'), { from: '08:00', to: '08:00' }, 'UTC')).toEqual(
      new Date('2026-01-16T08:00:00Z'),
    );
  });

  it('know which zones exist', () => {
    expect(isTimeZone('Europe/London')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
