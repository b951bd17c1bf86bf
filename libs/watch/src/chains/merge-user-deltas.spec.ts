import { describe, expect, it } from 'vitest';
import { mergeUserDeltas } from './merge-user-deltas.js';

describe('mergeUserDeltas', () => {
  it('lets the last occurrence of each property win', () => {
    const merged = mergeUserDeltas([
      { id: 'a', attributes: { displayName: 'Ann', mail: 'ann@contoso.com' } },
      { id: 'a', attributes: { mail: 'anne@contoso.com' } },
    ]);
    expect(merged).toEqual([{ id: 'a', attributes: { displayName: 'Ann', mail: 'anne@contoso.com' } }]);
  });

  it('takes nothing from before a removal into a return, and says that the round contradicts itself', () => {
    const merged = mergeUserDeltas([
      { id: 'a', attributes: { mail: 'old@contoso.com' } },
      { id: 'a', removed: 'changed', attributes: {} },
      { id: 'a', attributes: { displayName: 'Ann' } },
    ]);
    expect(merged).toEqual([{ id: 'a', attributes: { displayName: 'Ann' }, contradicted: true }]);
  });

  it('keeps a removal that came last', () => {
    const merged = mergeUserDeltas([
      { id: 'a', attributes: { mail: 'a@contoso.com' } },
      { id: 'a', removed: 'deleted', attributes: {} },
    ]);
    expect(merged).toEqual([{ id: 'a', removed: 'deleted', attributes: {}, contradicted: true }]);
  });
});
