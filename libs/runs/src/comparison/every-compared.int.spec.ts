import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';
import { messagingMigrations } from '#messaging';
import { peopleMigrations } from '#people';
import { everyCompared, runsMigrations, type ComparedRow, type ComparisonSide } from '#runs';
import { buildMember, RunHarness } from '#runs/testing';

const test = withDatabase([messagingMigrations, peopleMigrations, runsMigrations]);

beforeAll(() => test.db.query('CREATE SEQUENCE test_read_numbers'));

describe('the whole comparison', () => {
  it('is made once, as things stand when it begins, in however many portions it is read', async () => {
    const site = new RunHarness(test.db);
    site.tenant.groups.set(
      randomUUID(),
      Array.from({ length: 9 }, () => buildMember(randomUUID())),
    );
    const { id } = await site.request({ apply: 'review' });
    await site.work();
    const inPortionsOf = (size: number, side?: ComparisonSide) =>
      everyCompared(test.db, site.organisationId, site.connectionId, side, { size, deadlineMs: 60_000 });
    const collect = async (portions: AsyncIterable<ComparedRow[]>) => {
      const all: ComparedRow[] = [];
      for await (const rows of portions) all.push(...rows);
      return all;
    };
    const whole = await collect(inPortionsOf(1_000));
    expect(whole).toHaveLength(18);
    expect(await collect(inPortionsOf(1_000, 'onlyHere'))).toEqual([]);
    expect(await collect(everyCompared(test.db, randomUUID(), site.connectionId)), 'of nobody else').toEqual([]);

    const read: ComparedRow[][] = [];
    for await (const rows of inPortionsOf(4)) {
      if (read.length === 0) await test.db.query('DELETE FROM runs.planned_changes WHERE run_id = $1', [id]);
      read.push(rows);
    }
    expect(read.map(({ length }) => length)).toEqual([4, 4, 4, 4, 2]);
    expect(read.flat()).toEqual(whole);
  });
});
