import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { Database, DeadlineError, inPortions } from '#database';
import { withDatabase } from '#database/testing';

const test = withDatabase();
const NUMBERS = 'SELECT n FROM numbers WHERE n > $1 ORDER BY n';
const patient = { size: 3, deadlineMs: 60_000 };

beforeAll(() => test.db.query('CREATE TABLE numbers AS SELECT n::int FROM generate_series(1, 8) AS n'));

async function collect(portions: AsyncIterable<{ n: number }[]>): Promise<number[][]> {
  const all: number[][] = [];
  for await (const rows of portions) all.push(rows.map(({ n }) => n));
  return all;
}

describe('the rows of a query in portions', () => {
  it('are all of its rows, and no portion is larger than asked', async () => {
    expect(await collect(inPortions(test.db, NUMBERS, [0], patient))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
    expect(await collect(inPortions(test.db, NUMBERS, [2], patient))).toHaveLength(2);
    expect(await collect(inPortions(test.db, NUMBERS, [8], patient))).toEqual([]);
  });

  it('end with the deadline, also where it is the reader who is slow', async () => {
    const read = async () => {
      for await (const rows of inPortions(test.db, NUMBERS, [0], { size: 3, deadlineMs: 200 })) await pause(rows.length * 100);
    };
    await expect(read()).rejects.toThrow(DeadlineError);
    await expect(collect(inPortions(test.db, 'SELECT 1 AS n, pg_sleep(5)', [], { size: 3, deadlineMs: 100 }))).rejects.toThrow(
      /statement timeout/,
    );
  });

  it('give their connection back: at the end, when they are left, and when they fail', async () => {
    const db = await Database.connect({ url: test.url, applicationName: 'test', maxConnections: 1, connectTimeoutMs: 1_000 });
    try {
      await collect(inPortions(db, NUMBERS, [0], patient));
      for await (const rows of inPortions(db, NUMBERS, [0], patient)) if (rows.length > 0) break;
      await expect(collect(inPortions(db, 'SELECT 1 / $1::int AS n', [0], patient))).rejects.toThrow('division by zero');
      expect(await db.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    } finally {
      await db.close();
    }
  });
});
