import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { boundedTask } from './bounded-task.js';

const task = (run: () => Promise<boolean>) => ({ name: 'test', channels: ['news'], intervalMs: 1_000, width: 2, run });

describe('boundedTask', () => {
  it('answers what the work answered', async () => {
    expect(
      await boundedTask(
        task(async () => true),
        () => 0,
      ).run(new AbortController().signal),
    ).toBe(true);
  });

  it('ends in time although the work hangs when the process stops', async () => {
    const stopping = new AbortController();
    const running = boundedTask(
      task(() => new Promise<boolean>(() => undefined)),
      Math.random,
      5,
    ).run(stopping.signal);
    stopping.abort();
    expect(await running).toBe(false);
  });

  it('leaves nothing on the signal of the process, however often it looks', async () => {
    const { signal } = new AbortController();
    const bounded = boundedTask(
      task(() => Promise.resolve(true)),
      () => 0.5,
    );
    for (let look = 0; look < 20; look += 1) await bounded.run(signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('spreads the looks of replicas around the interval', () => {
    expect(
      boundedTask(
        task(async () => false),
        () => 0,
      ).intervalMs,
    ).toBe(900);
    expect(
      boundedTask(
        task(async () => false),
        () => 1,
      ).intervalMs,
    ).toBe(1_100);
  });
});
