import type { Tx } from './database.js';

/** Whatever can run a query: the pool or a transaction. */
export type Queryable = Pick<Tx, 'query'>;

/** The one row that a statement must have answered. Throws where there is none or more: that is a bug of the statement. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
  return row;
}
