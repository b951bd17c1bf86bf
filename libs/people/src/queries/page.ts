/** A part of a list. `nextCursor` is null at its end; it is opaque to whoever gets it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Cursors come from outside: one that is not ours reads as none. */
export function readCursor(cursor: string | null | undefined, parts: number): readonly string[] | null {
  if (cursor === null || cursor === undefined || cursor === '') return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) && values.length === parts && values.every((value) => typeof value === 'string') ? values : null;
  } catch {
    return null;
  }
}

/** Cuts what was read with one row more than asked for, and points behind the last row that is shown. */
export function toPage<Item>(rows: readonly Item[], limit: number, keyOf: (item: Item) => readonly string[]): ListPage<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null;
  return { items, nextCursor };
}

/** Text that is to be found anywhere, with the signs of LIKE taken as letters. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
