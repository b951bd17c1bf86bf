import { describe, expect, it } from 'vitest';
import { MAX_PAGE_ITEMS, type UserItem, type UsersChangedV1 } from '#contracts';
import { DirectoryPages } from './directory-pages.js';
import { addPeopleOfRound, mayLeave } from './people-of-round.js';

const at = new Date('2026-03-01T10:00:00Z');
const ids = { organisationId: '00000000-0000-4000-8000-000000000001', connectionId: '00000000-0000-4000-8000-000000000002' };
const read = { ...ids, readNo: 7, origin: 'delta' as const, noticedAt: null, readStartedAt: at, readAt: at };
const person = (n: number, rest: Partial<UserItem> = {}): UserItem => ({
  id: `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`,
  state: 'present',
  ...rest,
});
const disabled = (n: number) => person(n, { attributes: { accountEnabled: false } });
const many = <Item>(count: number, make: (n: number) => Item) => Array.from({ length: count }, (_, n) => make(n));

function published(people: readonly UserItem[]) {
  const pages = new DirectoryPages(read, 0);
  addPeopleOfRound(pages, 'round', people);
  return pages.events
    .map(({ data }) => data as UsersChangedV1)
    .map(({ users, round }) => [users.length, round?.index, round?.pages]);
}

describe('the pages of a users round', () => {
  it('are one where everybody fits it', () => {
    expect(published([person(1), disabled(2)])).toEqual([[2, undefined, undefined]]);
  });

  it('keep those together who may lose their accounts, and let the others go first (invariant 5)', () => {
    const people = [...many(MAX_PAGE_ITEMS + 100, disabled), ...many(50, (n) => person(10_000 + n))];
    expect(published(people)).toEqual([
      [50, undefined, undefined],
      [MAX_PAGE_ITEMS, 0, 2],
      [100, 1, 2],
    ]);
  });

  it('take somebody for leaving who is gone, disabled, a guest now or without mail', () => {
    const leaving = [person(1, { state: 'softDeleted' }), disabled(2), person(3, { attributes: { userType: 'Guest' } })];
    expect([...leaving, person(4, { attributes: { mail: null } })].every(mayLeave)).toBe(true);
    expect(mayLeave(person(5, { attributes: { displayName: 'Renamed', accountEnabled: true, mail: 'a@b.example' } }))).toBe(
      false,
    );
  });
});
