import { lockNamed, type Database, type Tx } from '#database';

/** How long the journal is kept (design: "Retention"). */
export const JOURNAL_DAYS = 400;

const MONTHS_AHEAD = 3;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** One month of the journal, from its first moment to that of the next, in UTC. */
export interface JournalMonth {
  readonly partition: string;
  readonly from: Date;
  readonly to: Date;
}

export function monthOf(instant: Date, monthsLater = 0): JournalMonth {
  const from = new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + monthsLater, 1));
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
  const partition = `journal_${from.getUTCFullYear()}_${String(from.getUTCMonth() + 1).padStart(2, '0')}`;
  return { partition, from, to };
}

/**
 * Makes the partitions of this month and the coming ones, and drops those that are older than the journal is kept. Safe from any
 * number of processes at once, and to repeat. Rows that fell into the default partition meanwhile are moved.
 */
export async function maintainJournal(db: Database, now: Date): Promise<{ created: string[]; dropped: string[] }> {
  return db.transaction(async (tx) => {
    await lockNamed(tx, 'people.journal partitions');
    const existing = new Set((await tx.query<{ name: string }>(PARTITIONS)).map(({ name }) => name));
    const wanted = Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => monthOf(now, ahead)).filter(
      ({ partition }) => !existing.has(partition),
    );
    for (const month of wanted) await createPartition(tx, month);
    const keptFrom = new Date(now.getTime() - JOURNAL_DAYS * DAY_MS);
    const dropped = [...existing].filter((name) => isOlder(name, keptFrom));
    for (const name of dropped) await tx.query(`DROP TABLE people.${name}`);
    await tx.query('DELETE FROM people.journal_default WHERE applied_at < $1', [keptFrom]);
    return { created: wanted.map(({ partition }) => partition), dropped };
  });
}

async function createPartition(tx: Tx, { partition, from, to }: JournalMonth): Promise<void> {
  const range = [from.toISOString(), to.toISOString()];
  await tx.query(`CREATE TABLE people.${partition} (LIKE people.journal INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  await tx.query(
    `WITH moved AS (DELETE FROM people.journal_default WHERE applied_at >= $1 AND applied_at < $2 RETURNING *)
     INSERT INTO people.${partition} SELECT * FROM moved`,
    range,
  );
  await tx.query(
    `ALTER TABLE people.journal ATTACH PARTITION people.${partition} FOR VALUES FROM ('${range[0]}') TO ('${range[1]}')`,
  );
}

/** True where the whole month lies before the instant. */
function isOlder(partition: string, instant: Date): boolean {
  const [, year, month] = /^journal_(\d{4})_(\d{2})$/.exec(partition) ?? [];
  return year !== undefined && month !== undefined && Date.UTC(Number(year), Number(month), 1) <= instant.getTime();
}

const PARTITIONS = `
  SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'people.journal'::regclass`;
