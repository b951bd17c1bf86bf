import type { Database, Tx } from '#database';

/**
 * A database that a process loses at a chosen moment, as by `kill -9`: after `survives` more steps everything fails as if the server
 * were gone, so nothing of that process is written any more, no lease is given back, and no error is handled.
 */
export function killableDatabase(db: Database, survives: { steps: number }): Database {
  const step = () => {
    survives.steps -= 1;
    if (survives.steps < 0) throw new Error('Connection terminated: killed by the test');
  };
  const killable: Pick<Database, 'query' | 'transaction'> = {
    query: async <Row>(sql: string, params?: readonly unknown[]) => {
      step();
      return db.query<Row>(sql, params);
    },
    transaction: async <Result>(work: (tx: Tx) => Promise<Result>) => {
      step();
      const result = await db.transaction(async (tx) => {
        const done = await work(tx);
        step();
        return done;
      });
      step();
      return result;
    },
  };
  return Object.assign(Object.create(db) as Database, killable);
}
