import { trimHands, trimIdempotencyKeys, trimSignIns } from '#connections';
import type { Clock, Log } from '#contracts';
import { tryLockNamed, type Database, type Queryable } from '#database';
import { trimDeadLetters, trimFeed, trimLog } from '#messaging';
import type { Task } from '#service-host';

/** Rows of one kind that one transaction deletes at most. */
const BATCH = 10_000;

/** What belongs to no other app: each trim answers how many rows went. The log's tables are empty where the log is Kafka. */
const TRIMS: Readonly<Record<string, (db: Queryable, clock: Clock) => Promise<number>>> = {
  log: (db, clock) => trimLog(db, clock, BATCH),
  feed: (db, clock) => trimFeed(db, clock, BATCH),
  deadLetters: (db, clock) => trimDeadLetters(db, clock, BATCH),
  hands: (db, clock) => trimHands(db, clock(), BATCH),
  signIns: (db, clock) => trimSignIns(db, clock(), BATCH),
  idempotencyKeys: (db, clock) => trimIdempotencyKeys(db, clock()),
};

/** At boot and hourly: forgets what outlived its use (design: "Retention"). One replica at a time; the others pass. */
export class KeepHouseTask implements Task {
  readonly name = 'keep-house';
  readonly channels = [];
  readonly intervalMs = 60 * 60 * 1_000;
  readonly width = 1;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** True where a batch was full, so that the next look comes at once. */
  async run(signal: AbortSignal): Promise<boolean> {
    let hasMore = false;
    for (const [name, trim] of Object.entries(TRIMS)) {
      if (signal.aborted) return false;
      const gone = await this.db.transaction(async (tx) =>
        (await tryLockNamed(tx, `keep-house:${name}`)) ? trim(tx, this.clock) : 0,
      );
      if (gone > 0) this.log.debug({ name, gone }, 'rows that outlived their use were forgotten');
      hasMore ||= gone >= BATCH;
    }
    return hasMore;
  }
}
