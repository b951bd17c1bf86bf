import type { Database } from '#database';
import { hearFact, type Heard } from './hear-fact.js';
import type { Occurrence } from './occurrence.js';

/** What is so, as it was looked up, of one connection or organisation. */
export interface StandingSituation {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly occurrences: readonly Occurrence[];
}

/**
 * Compares what was looked up with what is open, and tells only what is news: an equal stage, or the all-clear of what was never
 * open, costs no transaction. Any number of processes may look at once.
 */
export async function checkStanding(db: Database, situations: readonly StandingSituation[], now: Date): Promise<Heard> {
  const open = await openStages(db, [...new Set(situations.map(({ organisationId }) => organisationId))]);
  const opened: Heard['opened'][number][] = [];
  const resolved: Heard['resolved'][number][] = [];
  for (const { organisationId, connectionId, occurrences } of situations) {
    const news = occurrences.filter((occurrence) => isNews(occurrence, open));
    if (news.length === 0) continue;
    const heard = await hearFact({ db, now }, { eventId: null, organisationId, connectionId, meaning: () => news });
    opened.push(...heard.opened);
    resolved.push(...heard.resolved);
  }
  return { opened, resolved };
}

function isNews(occurrence: Occurrence, open: ReadonlyMap<string, string>): boolean {
  if (occurrence.effect !== 'raise' && occurrence.effect !== 'settle') return true;
  const stage = open.get(keyOf(occurrence.organisationId, occurrence.cause));
  return occurrence.effect === 'raise' ? stage !== occurrence.stage : stage !== undefined;
}

async function openStages(db: Database, organisationIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ organisationId: string; cause: string; stage: string }>(
    `SELECT organisation_id AS "organisationId", cause, stage FROM notices.alerts
     WHERE state = 'open' AND organisation_id = ANY ($1::uuid[])`,
    [organisationIds],
  );
  return new Map(rows.map(({ organisationId, cause, stage }) => [keyOf(organisationId, cause), stage]));
}

function keyOf(organisationId: string, cause: string): string {
  return `${organisationId}/${cause}`;
}
