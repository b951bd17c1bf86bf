import type { MembershipItem, UserItem } from '#contracts';
import { compareVersions, type FactVersion } from './version.js';

/** One report per member: a page may name one id twice. The greater version holds, then the later place; a difference is a contradiction. */
export function collapseMemberships(items: readonly MembershipItem[], pageVersion: FactVersion): MembershipItem[] {
  return collapse(
    items,
    pageVersion,
    (item) => item.memberId,
    (first, last) => ({
      ...last,
      memberType: last.memberType === 'unknown' ? first.memberType : last.memberType,
      contradicted: first.contradicted === true || last.contradicted === true || first.change !== last.change,
    }),
  );
}

/** One report per person; attributes of both are taken, the later ones hold. */
export function collapseUsers(items: readonly UserItem[], pageVersion: FactVersion): UserItem[] {
  return collapse(
    items,
    pageVersion,
    (item) => item.id,
    (first, last) => ({
      ...last,
      attributes: { ...first.attributes, ...last.attributes },
      contradicted: first.contradicted === true || last.contradicted === true || first.state !== last.state,
    }),
  );
}

function collapse<Item extends { readonly version?: FactVersion | undefined }>(
  items: readonly Item[],
  pageVersion: FactVersion,
  idOf: (item: Item) => string,
  join: (first: Item, last: Item) => Item,
): Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    const seen = byId.get(idOf(item));
    if (seen === undefined) byId.set(idOf(item), item);
    else {
      const isOlder = compareVersions(item.version ?? pageVersion, seen.version ?? pageVersion) < 0;
      byId.set(idOf(item), isOlder ? join(item, seen) : join(seen, item));
    }
  }
  return [...byId.values()];
}
