import { describe, expect, it } from 'vitest';
import { withDatabase } from '#database/testing';

describe('Database', () => {
  const test = withDatabase();

  it('commits what the work did and runs after-commit actions then', async () => {
    await test.db.query('CREATE TABLE t (id bigint)');
    let committed = false;
    await test.db.transaction(async (tx) => {
      tx.afterCommit(() => (committed = true));
      await tx.query('INSERT INTO t VALUES ($1)', [7]);
      expect(committed).toBe(false);
    });
    expect(committed).toBe(true);
    expect(await test.db.query('SELECT id FROM t')).toEqual([{ id: 7 }]);
  });

  it('leaves nothing behind when the work throws', async () => {
    await test.db.query('CREATE TABLE u (id bigint)');
    await expect(
      test.db.transaction(async (tx) => {
        await tx.query('INSERT INTO u VALUES (1)');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await test.db.query('SELECT * FROM u')).toEqual([]);
  });
});
