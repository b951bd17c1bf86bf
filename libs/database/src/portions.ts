import type { Database } from './database.js';
import { DeadlineError } from './errors.js';

export interface Portioning {
  /** The most rows that are held at a time. */
  readonly size: number;
  /** For all of it, however slowly the reader takes it: until then it holds a connection. */
  readonly deadlineMs: number;
}

/**
 * The rows of one query, in portions, from a cursor of the database: the query runs once and answers as things stood when it began,
 * however long it is read. Throws `DeadlineError`; a reader that takes nothing for a minute loses its transaction by the settings of the
 * connection.
 */
export async function* inPortions<Row>(
  db: Database,
  sql: string,
  params: readonly unknown[],
  { size, deadlineMs }: Portioning,
): AsyncGenerator<Row[]> {
  const endsAt = performance.now() + deadlineMs;
  yield* db.reading(async function* (tx) {
    await tx.query(`SET LOCAL statement_timeout = ${deadlineMs}`);
    // All of it is going to be read, not the first tenth, for which a cursor is planned otherwise.
    await tx.query('SET LOCAL cursor_tuple_fraction = 1');
    await tx.query(`DECLARE portions NO SCROLL CURSOR FOR ${sql}`, params);
    for (;;) {
      const rows = await tx.query<Row>(`FETCH ${size} FROM portions`);
      if (performance.now() > endsAt) throw new DeadlineError(deadlineMs);
      if (rows.length > 0) yield rows;
      if (rows.length < size) return;
    }
  });
}
