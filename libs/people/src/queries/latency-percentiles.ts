import type { Queryable } from '#database';

export interface LegPercentiles {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** How long changes took on each leg of their way, and from notice to row. Null where nothing went that way in the window. */
export interface LatencyPercentiles {
  readonly changes: number;
  readonly noticedToRead: LegPercentiles;
  readonly readToPublished: LegPercentiles;
  readonly publishedToApplied: LegPercentiles;
  readonly noticedToApplied: LegPercentiles;
}

const LEGS = {
  noticedToRead: ['noticed_at', 'read_at'],
  readToPublished: ['read_at', 'published_at'],
  publishedToApplied: ['published_at', 'applied_at'],
  noticedToApplied: ['noticed_at', 'applied_at'],
} as const;
type Leg = keyof typeof LEGS;

/** Over the effects of live changes that were applied since `since`; runs have no hurry and are left out. */
export async function latencyPercentiles(
  db: Queryable,
  organisationId: string,
  connectionId: string,
  since: Date,
): Promise<LatencyPercentiles> {
  const legs = Object.keys(LEGS) as Leg[];
  const [row] = await db.query<{ changes: number } & Record<Leg, (number | null)[] | null>>(
    `SELECT count(*) AS changes, ${legs.map((leg) => percentilesOf(leg)).join(', ')}
       FROM people.journal
      WHERE organisation_id = $1 AND connection_id = $2 AND applied_at > $3 AND run_id IS NULL AND read_at IS NOT NULL`,
    [organisationId, connectionId, since],
  );
  const of = (leg: Leg): LegPercentiles => {
    const [p50Ms = null, p95Ms = null, p99Ms = null] = row?.[leg] ?? [];
    return { p50Ms, p95Ms, p99Ms };
  };
  return {
    changes: row?.changes ?? 0,
    noticedToRead: of('noticedToRead'),
    readToPublished: of('readToPublished'),
    publishedToApplied: of('publishedToApplied'),
    noticedToApplied: of('noticedToApplied'),
  };
}

/** Clocks of several machines differ a little: a leg never takes less than nothing. */
function percentilesOf(leg: Leg): string {
  const [from, to] = LEGS[leg];
  // `date_part` answers a float, `extract` a numeric, with which a week of changes takes nearly twice as long.
  const milliseconds = `greatest(0, date_part('epoch', ${to} - ${from}) * 1000)`;
  return `percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ${milliseconds}) FILTER (WHERE ${from} IS NOT NULL AND ${to} IS NOT NULL) AS "${leg}"`;
}
