import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

describe('the pace of an attempt', () => {
  it('is the time from page to page; the first one only starts the clock', () => {
    let now = 1_000;
    const pace = new Pace(() => new Date(now));
    expect(pace.lap()).toBeNull();
    now += 250;
    expect(pace.lap()).toBe(0.25);
    now += 1_500;
    expect(pace.lap()).toBe(1.5);
  });
});
