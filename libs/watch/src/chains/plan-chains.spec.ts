import { describe, expect, it } from 'vitest';
import { planChains, planMerge } from './plan-chains.js';

const ids = (count: number, prefix = 'g') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('planChains', () => {
  it('cuts new groups into chains of at most 50', () => {
    expect(planChains(ids(120), []).newChains.map((chain) => chain.length)).toEqual([50, 50, 20]);
  });

  it('starts a new chain for new groups and leaves the others alone', () => {
    expect(planChains(['a', 'b', 'c'], ['a'])).toEqual({ newChains: [['b', 'c']], unwatched: [] });
  });

  it('names the groups that left the scope, and no group twice', () => {
    expect(planChains(['b', 'b'], ['a'])).toEqual({ newChains: [['b']], unwatched: ['a'] });
  });
});

describe('planMerge', () => {
  it('joins small chains that fit into one', () => {
    expect(
      planMerge([
        { id: 'x', groups: 40 },
        { id: 'y', groups: 3 },
        { id: 'z', groups: 7 },
      ]),
    ).toEqual(['y', 'z', 'x']);
  });

  it('leaves chains alone that do not fit together', () => {
    expect(
      planMerge([
        { id: 'x', groups: 50 },
        { id: 'y', groups: 1 },
      ]),
    ).toEqual([]);
    expect(planMerge([{ id: 'x', groups: 3 }])).toEqual([]);
  });
});
