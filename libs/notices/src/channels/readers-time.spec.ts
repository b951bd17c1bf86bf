import { describe, expect, it } from 'vitest';
import { instantFact } from '../content.js';
import { readersTime, readersValue } from './readers-time.js';

const at = new Date('2026-07-02T23:30:00Z');

describe("an instant in the reader's zone", () => {
  it('is set as clocks show it there, with the zone beside it', () => {
    expect(readersTime(at, 'Europe/London')).toBe('3 Jul 2026, 00:30 (Europe/London)');
    expect(readersTime(at, 'America/New_York')).toBe('2 Jul 2026, 19:30 (America/New_York)');
  });

  it('leaves what is no instant as it is', () => {
    expect(readersValue(instantFact('Began', at), 'UTC')).toBe('2 Jul 2026, 23:30 (UTC)');
    expect(readersValue({ label: 'Due', value: 'none yet', isInstant: true }, 'UTC')).toBe('none yet');
    expect(readersValue({ label: 'Named', value: at.toISOString() }, 'UTC')).toBe('2026-07-02T23:30:00.000Z');
  });
});
