import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds since 1970, finer than `Date.now()`. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/** Does something for each item at an even pace, whatever the last one takes; answers when each began. */
export async function paced<Item extends string>(
  items: readonly Item[],
  perSecond: number,
  act: (item: Item) => Promise<void>,
): Promise<Map<Item, number>> {
  const begun = new Map<Item, number>();
  const startedAt = performance.now();
  const acts: Promise<void>[] = [];
  for (const [index, item] of items.entries()) {
    const waitMs = startedAt + (index * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await delay(waitMs);
    begun.set(item, preciseNow());
    acts.push(act(item));
  }
  await Promise.all(acts);
  return begun;
}
