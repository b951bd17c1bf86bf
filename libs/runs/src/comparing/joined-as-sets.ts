import type { Tx } from '#database';

/**
 * Runs statements that join whole groups with what was written a moment ago. The planner has no statistics of such rows yet, takes
 * them for a handful and would loop over them one by one: 6,000 lines then take as long as 600,000 do by hashing. A million people
 * take longer than an ordinary statement may, for the rest of the transaction too.
 */
export async function joinedAsSets<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await tx.query(`SET LOCAL statement_timeout = '15min'`);
  await tx.query('SET LOCAL enable_nestloop = off');
  const result = await work();
  await tx.query('SET LOCAL enable_nestloop = DEFAULT');
  return result;
}
