import { expect, it } from 'vitest';
import { Slots } from './slots.js';

it('lets no more in than it has places, and goes on after a failure', async () => {
  const slots = new Slots(2);
  let inside = 0;
  let most = 0;
  const work = (fails: boolean) =>
    slots.run(async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      if (fails) throw new Error('failed');
    });
  const results = await Promise.allSettled([work(true), work(false), work(true), work(false), work(false)]);
  expect(most).toBe(2);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
