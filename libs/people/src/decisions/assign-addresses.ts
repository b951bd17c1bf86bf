/** Somebody who is to have an address, with the account that holds one already or the place for one that comes. */
export interface AddressWish {
  /** Account id, or any other id of a newcomer. */
  readonly id: string;
  /** In lower case. */
  readonly wanted: string;
  /** What it holds now, in lower case; null for newcomers. */
  readonly holds: string | null;
}

/**
 * Who gets the address they want, so that no two have the same. `holderOf` names who holds an address today. Whoever gives up an
 * address frees it, so chains and swaps resolve in one step; on a tie the present holder wins, then those who hold an account, then
 * the lower id. Pure.
 */
export function assignAddresses(wishes: readonly AddressWish[], holderOf: ReadonlyMap<string, string>): ReadonlySet<string> {
  const byRank = [...wishes].sort((left, right) => rank(left) - rank(right) || (left.id < right.id ? -1 : 1));
  const granted = new Map<string, AddressWish>();
  const takers = new Map<string, AddressWish>();
  for (const wish of byRank) {
    if (takers.has(wish.wanted)) continue;
    takers.set(wish.wanted, wish);
    granted.set(wish.id, wish);
  }
  // Everybody is taken to succeed at first; whoever waits for an address that stays with its holder fails, and so keeps their own.
  for (let settled = false; !settled;) {
    settled = true;
    for (const wish of granted.values()) {
      const holder = holderOf.get(wish.wanted);
      if (holder === undefined || holder === wish.id) continue;
      const leaves = granted.get(holder);
      if (leaves !== undefined && leaves.wanted !== wish.wanted) continue;
      granted.delete(wish.id);
      settled = false;
    }
  }
  return new Set(granted.keys());
}

function rank({ holds, wanted }: AddressWish): number {
  if (holds === wanted) return 0;
  return holds === null ? 2 : 1;
}
