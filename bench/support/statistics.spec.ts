import { describe, expect, it } from 'vitest';
import { median, percentile } from './statistics.js';

describe('percentile', () => {
  it('is the value below which that share of the values lies, whatever their order', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('refuses to answer for nothing', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
