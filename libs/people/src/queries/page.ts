import type { ListCursors } from '#contracts';

/** A part of a list. `nextCursor` is null at its end; it is opaque to whoever gets it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Cuts what was read with one row more than asked for, and points behind the last row that is shown. */
export function toPage<Item, Place>(
  rows: readonly Item[],
  limit: number,
  cursors: ListCursors<Place>,
  placeOf: (item: Item) => Place,
): ListPage<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursors.encode(placeOf(last)) : null };
}

/** Text that is to be found anywhere, with the signs of LIKE taken as letters. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
