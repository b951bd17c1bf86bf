import { onlyRow, type Queryable } from '#database';

/**
 * The number of a read, taken **before** its first request (invariant 2): of two reads of one fact the later begun has the greater
 * number, whichever process made it. Also for sync runs, so that there is one order of evidence.
 */
export async function nextReadNo(db: Queryable): Promise<number> {
  return onlyRow(await db.query<{ read_no: number }>(`SELECT nextval('watch.read_numbers') AS read_no`)).read_no;
}
