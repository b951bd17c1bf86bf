import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backoff, backoffMs } from './backoff.js';

test('a wait without a name is between one and sixty seconds', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (refusals, random) => {
      const waitMs = backoffMs(refusals, () => random);
      expect(waitMs).toBeGreaterThanOrEqual(1_000);
      expect(waitMs).toBeLessThanOrEqual(60_000);
    }),
  );
});

test('a success forgets the refusals', () => {
  const backoff = new Backoff(() => 1);
  expect([backoff.nextMs(), backoff.nextMs(), backoff.nextMs()]).toEqual([2_000, 4_000, 8_000]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(2_000);
});
