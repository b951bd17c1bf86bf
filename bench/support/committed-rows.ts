import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

const LOOK_MS = 500;
const PATIENCE_MS = 120_000;

/**
 * When each of these rows was committed, in milliseconds since 1970, by Postgres' own record. `sql` answers `id` and the row's
 * `xmin`; it is asked until it answers as many rows as expected.
 */
export async function commitTimes(
  client: pg.Client,
  { sql, params, expected }: { readonly sql: string; readonly params: readonly unknown[]; readonly expected: number },
): Promise<Map<string, number>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ id: string; at: number }>(
      `SELECT id::text, extract(epoch FROM pg_xact_commit_timestamp(written.xmin))::float8 * 1000 AS at FROM (${sql}) AS written`,
      [...params],
    );
    if (rows.length >= expected) return new Map(rows.map(({ id, at }) => [id, at]));
    if (Date.now() > deadline) throw new Error(`${rows.length} of ${expected} rows came within ${PATIENCE_MS / 1_000} s`);
    await delay(LOOK_MS);
  }
}

/** Milliseconds from the beginning of each to its row. */
export function latencies(begun: ReadonlyMap<string, number>, committed: ReadonlyMap<string, number>): number[] {
  return [...begun].map(([id, at]) => {
    const row = committed.get(id);
    if (row === undefined) throw new Error(`there is no row of ${id}`);
    return row - at;
  });
}
