import { z } from 'zod';
import type { ListCursors } from '#contracts';

/** The answer of every list. */
export interface Page<Item> {
  readonly items: Item[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().min(1).max(2000).optional(),
};

export function pageSchema<Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{ items: z.ZodArray<Item>; nextCursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Of `limit + 1` rows, the page and the cursor of the next one. */
export function toPage<Row, Item, Place>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  cursors: ListCursors<Place>,
  placeOf: (row: Row) => Place,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? cursors.encode(placeOf(last)) : null,
  };
}
