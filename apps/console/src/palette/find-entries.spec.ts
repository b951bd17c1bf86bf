import { describe, expect, it } from 'vitest';
import { findEntries } from './find-entries.js';

const entries = [
  { key: '1', label: 'Open Sales', kind: 'group', href: '/a' },
  { key: '2', label: 'Sales settings', kind: 'action', href: '/b' },
  { key: '3', label: 'People', kind: 'page', href: '/c' },
];

describe('findEntries', () => {
  it('finds every word in any order, what begins with it first', () => {
    expect(findEntries(entries, 'sales').map(({ key }) => key)).toEqual(['2', '1']);
    expect(findEntries(entries, 'group sales').map(({ key }) => key)).toEqual(['1']);
  });

  it('finds a kind by its beginning, and nothing by a letter within it', () => {
    expect(findEntries(entries, 'gro').map(({ key }) => key)).toEqual(['1']);
    expect(findEntries(entries, 'g').map(({ key }) => key)).toEqual(['2']);
  });

  it('shows everything while nothing is typed', () => {
    expect(findEntries(entries, ' ')).toHaveLength(3);
  });
});
