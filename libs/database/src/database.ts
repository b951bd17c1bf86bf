import { DataSource, type QueryRunner } from 'typeorm';
import pg from 'pg';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DatabaseOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly maxConnections?: number;
  readonly connectTimeoutMs?: number;
  /** Ends a statement that runs away; migrations and COPY set their own. */
  readonly statementTimeoutMs?: number;
}

/** A query inside a transaction. int8 comes back as number: every sequence of ours stays below 2^53. */
export interface Tx {
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** The pg client of this transaction, for COPY. */
  readonly client: () => Promise<pg.PoolClient>;
  /** Runs after the commit; never after a rollback. For in-memory nudges only, never for effects that must happen. */
  afterCommit(action: () => void): void;
}

/** One pool on one Postgres. Transactions are READ COMMITTED (design: "One writer per organisation"). */
export class Database {
  private constructor(
    readonly dataSource: DataSource,
    readonly url: string,
  ) {}

  /** Connects; throws what pg throws when the server is away (see `isDatabaseAway`). */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      installExtensions: false,
      uuidExtension: 'pgcrypto',
      poolSize: options.maxConnections ?? 10,
      connectTimeoutMS: options.connectTimeoutMs ?? 5_000,
      parseInt8: true,
      extra: {
        statement_timeout: options.statementTimeoutMs ?? 60_000,
        idle_in_transaction_session_timeout: 60_000,
        keepAlive: true,
        // Said once per connection, not by a statement of its own in every transaction.
        options: '-c default_transaction_isolation=read\\ committed',
      },
      poolErrorHandler: () => undefined,
    });
    await dataSource.initialize();
    return new Database(dataSource, options.url);
  }

  async query<Row = Record<string, unknown>>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return rowsOf<Row>(await runner.query(sql, [...params], true));
    } finally {
      await runner.release();
    }
  }

  /** Commits what `work` did, or nothing of it. */
  async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    const afterCommit: (() => void)[] = [];
    try {
      await runner.startTransaction();
      const result = await work(transactionOf(runner, afterCommit));
      await runner.commitTransaction();
      for (const action of afterCommit) action();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  /** What `read` finds, as it finds it, in one transaction that ends with the reader: at the end, when it is left, or when it throws. */
  async *reading<Item>(read: (tx: Tx) => AsyncGenerator<Item>): AsyncGenerator<Item> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      yield* read(transactionOf(runner, []));
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release().catch(() => undefined);
    }
  }

  async isReachable(): Promise<boolean> {
    return this.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

function transactionOf(runner: QueryRunner, afterCommit: (() => void)[]): Tx {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) => rowsOf<Row>(await runner.query(sql, [...params], true)),
    client: () => runner.connect() as Promise<pg.PoolClient>,
    afterCommit: (action) => void afterCommit.push(action),
  };
}

function rowsOf<Row>(result: unknown): Row[] {
  const records = (result as { records?: Row[] }).records;
  return records ?? [];
}
