import { expect, it } from 'vitest';
import { Signal } from './signal.js';

it('keeps a raise that nobody waited for, once', async () => {
  const signal = new Signal();
  signal.raise();
  signal.raise();
  const startedAt = performance.now();
  await signal.wait(5_000);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  let isBack = false;
  const second = signal.wait(5_000).then(() => (isBack = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isBack).toBe(false);
  signal.raise();
  await second;
});
