import type { Clock } from '#contracts';
import type { Tx } from '#database';
import type { PeopleContext } from '../context.js';
import { RulesBook } from '../decisions/rules-book.js';
import { judgeLosses, type GuardTrip, type Losses } from './judge-removals.js';
import { countScopes } from './load-scope-counts.js';

/** What the plan of a run takes away, counted by whoever keeps the plan. Whoever was lost since `windowStart` already counts once. */
export interface RunLosses {
  ofGroups(windowStart: Date): Promise<readonly (Losses & { readonly groupId: string })[]>;
  /** Of the whole connection, without what the trips of these groups hold already. */
  ofConnection(windowStart: Date, heldGroupIds: readonly string[]): Promise<Losses>;
}

export interface JudgedRun {
  readonly organisationId: string;
  readonly connectionId: string;
  readonly runId: string;
}

/**
 * Judges all removals of a run together, before the first of its pages is published, however many pages and groups they are spread
 * over (invariant 5): provisioning holds by this verdict what it meets on the pages. Each page is judged by itself too.
 */
export async function judgeRun(
  tx: Tx,
  { context, clock }: { readonly context: Pick<PeopleContext, 'connectionOf'>; readonly clock: Clock },
  run: JudgedRun,
  losses: RunLosses,
): Promise<void> {
  const known = await new RulesBook(tx, context).of(run.connectionId);
  if (known === null) return;
  const { guard } = known.rules.settings;
  const now = clock();
  const windowStart = new Date(now.getTime() - guard.windowMinutes * 60_000);
  const ofGroups = await losses.ofGroups(windowStart);
  const groupIds = ofGroups.map(({ groupId }) => groupId);
  const countsOf = await countScopes(tx, run.connectionId, groupIds, windowStart);
  const trips = ofGroups.flatMap(({ groupId, ...lost }) => judgeLosses(groupId, lost, countsOf(groupId), guard) ?? []);
  const heldGroupIds = trips.flatMap(({ groupId }) => groupId ?? []);
  const whole = judgeLosses(null, await losses.ofConnection(windowStart, heldGroupIds), countsOf(null), guard);
  await saveTrips(tx, run, whole === null ? trips : [...trips, whole], now);
}

async function saveTrips(tx: Tx, run: JudgedRun, trips: readonly GuardTrip[], now: Date): Promise<void> {
  if (trips.length === 0) return;
  await tx.query(
    `INSERT INTO people.run_trips (organisation_id, connection_id, run_id, group_id, code, lost, base, allowed, judged_at)
     SELECT $2, $3, $4, r."groupId", r."code", r."lost", r."base", r."allowed", $5
       FROM jsonb_to_recordset($1::jsonb) AS r ("groupId" uuid, "code" text, "lost" integer, "base" integer, "allowed" integer)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(trips), run.organisationId, run.connectionId, run.runId, now],
  );
}

/** The scopes of which a run as a whole takes too many. */
export async function findRunTrips(tx: Tx, connectionId: string, runId: string | null): Promise<GuardTrip[]> {
  if (runId === null) return [];
  return tx.query<GuardTrip>(
    `SELECT group_id AS "groupId", code, lost, base, allowed FROM people.run_trips WHERE run_id = $1 AND connection_id = $2
      ORDER BY group_id NULLS LAST`,
    [runId, connectionId],
  );
}
