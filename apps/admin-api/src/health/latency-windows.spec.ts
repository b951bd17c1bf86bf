import { describe, expect, it } from 'vitest';
import type { AdminApiServices } from '../admin-api-services.js';
import { LatencyWindows } from './latency-windows.js';

/** A database in which each window has so many changes, and that counts what it is asked. */
function lookingAt(changes: number) {
  let now = new Date('2026-11-01T12:00:00.000Z').getTime();
  let asked = 0;
  const query = () => {
    asked += 1;
    return Promise.resolve([{ changes }]);
  };
  const services = { clock: () => new Date(now), db: { query } } as unknown as AdminApiServices;
  return {
    windows: new LatencyWindows(services),
    asked: () => asked,
    passes: (ms: number) => {
      now += ms;
    },
  };
}

describe('LatencyWindows', () => {
  it('looks at few changes each time: the first ones are seen at once', async () => {
    const { windows, asked } = lookingAt(3);
    await windows.of('o', 'c');
    expect((await windows.of('o', 'c'))['7d'].changes).toBe(3);
    expect(asked()).toBe(6);
  });

  it('keeps what is dear to compute, the longer the further back the window reaches', async () => {
    const { windows, asked, passes } = lookingAt(50_000);
    await windows.of('o', 'c');
    await windows.of('o', 'c');
    expect(asked()).toBe(3);
    passes(61_000);
    await windows.of('o', 'c');
    expect(asked()).toBe(5);
    passes(300_000);
    await windows.of('o', 'c');
    expect(asked()).toBe(8);
  });

  it('keeps nothing of one connection for another', async () => {
    const { windows, asked } = lookingAt(50_000);
    await windows.of('o', 'c');
    await windows.of('o', 'd');
    await windows.of('p', 'c');
    expect(asked()).toBe(9);
  });
});
