import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignAddresses, type AddressWish } from './assign-addresses.js';

const wish = (id: string, wanted: string, holds: string | null = null): AddressWish => ({ id, wanted, holds });

describe('assignAddresses', () => {
  it('lets two people swap', () => {
    const holders = new Map([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(assignAddresses([wish('1', 'b', 'a'), wish('2', 'a', 'b')], holders)).toEqual(new Set(['1', '2']));
  });

  it('follows a chain, and stops it where the last address stays with its holder', () => {
    const chain = [wish('1', 'b', 'a'), wish('2', 'c', 'b')];
    expect(
      assignAddresses(
        chain,
        new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      ),
    ).toEqual(new Set(['1', '2']));
    expect(
      assignAddresses(
        chain,
        new Map([
          ['a', '1'],
          ['b', '2'],
          ['c', '3'],
        ]),
      ),
    ).toEqual(new Set());
  });

  it('prefers whoever has an account over a newcomer', () => {
    expect(assignAddresses([wish('1', 'x'), wish('2', 'x', 'b')], new Map([['b', '2']]))).toEqual(new Set(['2']));
  });

  it('never gives one address to two, and never takes one from who keeps it', () => {
    const addresses = fc.constantFrom('a', 'b', 'c', 'd');
    const people = fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5'), wanted: addresses }), {
      selector: ({ id }) => id,
    });
    const holdings = fc.uniqueArray(fc.record({ address: addresses, id: fc.constantFrom('1', '2', '3', '4', '5', '6') }), {
      selector: ({ address }) => address,
    });
    fc.assert(
      fc.property(people, holdings, (wants, held) => {
        const one = new Map<string, string>(held.map(({ id, address }) => [id, address]));
        const holderOf = new Map([...one].map(([id, address]) => [address, id]));
        const wishes = wants
          .filter(({ id, wanted }) => one.get(id) !== wanted)
          .map(({ id, wanted }) => wish(id, wanted, one.get(id) ?? null));
        const granted = assignAddresses(wishes, holderOf);
        const after = new Map(one);
        for (const each of wishes) if (granted.has(each.id)) after.set(each.id, each.wanted);
        expect(new Set(after.values()).size).toBe(after.size);
      }),
      { numRuns: 2_000 },
    );
  });
});
