import { MAX_PAGE_BYTES, membershipsChangedV1, usersChangedV1 } from '#contracts';
import { describe, expect, it } from 'vitest';
import { buildPages } from './build-pages.js';
import type { Difference } from './difference.js';

const owner = {
  organisationId: '00000000-0000-4000-8000-000000000001',
  connectionId: '00000000-0000-4000-8000-0000000000c1',
  runId: '00000000-0000-4000-8000-0000000000f1',
};
const id = (n: number, kind = 'a') => `${kind.repeat(8)}-0000-4000-8000-${String(n).padStart(12, '0')}`;

function difference(overrides: Partial<Difference> = {}): Difference {
  return {
    personId: id(1),
    groupId: null,
    kind: 'attributes',
    memberType: 'user',
    attributes: { displayName: 'Ada', userPrincipalName: 'ada@example.com' },
    readNo: 7,
    page: 2,
    readStartedAt: new Date('2026-03-01T10:00:00Z'),
    readAt: new Date('2026-03-01T10:00:05Z'),
    plan: null,
    ...overrides,
  };
}

describe('the pages of a run', () => {
  it('carry attributes before memberships, each item with the version of its own evidence (invariant 2)', () => {
    const pages = buildPages(owner, [difference({ kind: 'added', groupId: id(1, 'b'), readNo: 8, page: 0 }), difference()]);
    expect(pages.map(({ type }) => type)).toEqual(['users', 'memberships']);
    expect(pages[0]?.data).toMatchObject({ origin: 'run', runId: owner.runId, users: [{ version: { readNo: 7, page: 2 } }] });
    expect(pages[1]?.data).toMatchObject({ items: [{ change: 'added', version: { readNo: 8, page: 0 } }] });
    usersChangedV1.data.parse(pages[0]?.data);
    membershipsChangedV1.data.parse(pages[1]?.data);
  });

  it('name one group each', () => {
    const pages = buildPages(
      owner,
      [1, 2, 1].map((group, n) => difference({ personId: id(n), kind: 'added', groupId: id(group, 'b') })),
    );
    expect(pages.map(({ data }) => ('items' in data ? (data.items as unknown[]).length : 0))).toEqual([2, 1]);
  });

  it('hold at most 500 items and stay below the size of a page', () => {
    const people = Array.from({ length: 1_100 }, (_, n) =>
      difference({ personId: id(n), attributes: { displayName: 'é'.repeat(n < 600 ? 10 : 2_000) } }),
    );
    const pages = buildPages(owner, people);
    const sizes = pages.map(({ data }) => ('users' in data ? (data.users as unknown[]).length : 0));
    expect(sizes[0]).toBe(500);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(1_100);
    for (const { data } of pages) expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(MAX_PAGE_BYTES);
  });

  it('begin with the earliest start of the reads they span, which protects more of what delta said (invariant 2a)', () => {
    const [page] = buildPages(owner, [
      difference({ readStartedAt: new Date('2026-03-01T10:00:00Z') }),
      difference({ personId: id(2), readStartedAt: new Date('2026-03-01T09:00:00Z') }),
    ]);
    expect(page?.data.times.readStartedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  it('bind an item to its planned change and the revision it was computed from (invariant 6)', () => {
    const plan = { changeId: id(9, 'c'), expectedRevision: 4, effects: [] };
    const [page] = buildPages(owner, [difference({ plan })]);
    expect(page?.data).toMatchObject({ users: [{ plan }] });
  });
});
