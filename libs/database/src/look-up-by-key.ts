import type { Queryable } from './rows.js';

/**
 * For a transaction that looks some hundred people up by key, such as that of a page: every one by its index. While a large group is on
 * its way, the planner knows the tables as they were before it and passes over all of them for each page, so that twice the people
 * take four times as long. Nor is a page worth compiling for. Where a part of the key is the same for all who are asked for, the join is
 * written as LATERAL with LIMIT 1: else the planner may take that part alone for enough.
 */
export async function lookUpByKey(tx: Queryable): Promise<void> {
  await tx.query(
    `SELECT set_config(name, 'off', true) FROM unnest('{enable_seqscan,enable_hashjoin,enable_mergejoin,enable_material,jit}'::text[]) AS name`,
  );
}
