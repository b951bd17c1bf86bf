import type { Database, Tx } from '#database';

/**
 * A database through which a process falls asleep once, between two of its steps, as a machine does that stops for longer than a lease
 * is good for; it wakes up and goes on as if nothing had been.
 */
export class SleepingDatabase {
  readonly database: Database;
  /** Resolves when it sleeps. */
  readonly asleep: Promise<void>;
  private fallAsleep!: () => void;
  private readonly awake: Promise<void>;
  private wakeUp!: () => void;

  constructor(
    db: Database,
    private steps: number,
  ) {
    this.asleep = new Promise((resolve) => (this.fallAsleep = resolve));
    this.awake = new Promise((resolve) => (this.wakeUp = resolve));
    const sleepy: Pick<Database, 'query' | 'transaction'> = {
      query: async <Row>(sql: string, params?: readonly unknown[]) => {
        await this.step();
        return db.query<Row>(sql, params);
      },
      transaction: async <Result>(work: (tx: Tx) => Promise<Result>) => {
        await this.step();
        return db.transaction(work);
      },
    };
    this.database = Object.assign(Object.create(db) as Database, sleepy);
  }

  wake(): void {
    this.wakeUp();
  }

  private async step(): Promise<void> {
    this.steps -= 1;
    if (this.steps !== 0) return;
    this.fallAsleep();
    await this.awake;
  }
}
