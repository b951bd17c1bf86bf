import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

describe('the pace of an attempt', () => {
  it('is the time from page to page; the first one only starts the clock', () => {
    let now = 1_000;
    const pace = new Pace(() => new Date(now));
    expect(pace.lap()).toBeNull();
    now += 250;
    expect(pace.lap()).toEqual({ seconds: 0.25, fading: 0.5 });
    now += 1_500;
    expect(pace.lap()).toMatchObject({ seconds: 1.5 });
  });

  it('remembers about the last sixth of the pages: the slow first ones are soon forgotten, later a single one is no matter', () => {
    const pace = new Pace(() => new Date(0));
    const fadings = Array.from({ length: 101 }, () => pace.lap()?.fading ?? null);
    expect([fadings[8], fadings[16], fadings[100]]).toEqual([0.5, 0.625, 0.94]);
  });
});
