import { randomUUID } from 'node:crypto';
import type { Tx } from '#database';
import type { Difference } from './difference.js';
import { groupByPerson } from '../plans/people-in-order.js';
import { predictedMarks, type PredictedChange } from './predicted-marks.js';
import { lineOf, selectFacts, type FoundFact } from './select-facts.js';

export interface PersonInOrder {
  readonly seq: number;
  readonly personId: string;
  readonly expectedRevision: number | null;
  /** Moved since the plan was computed: nothing of them is published. */
  readonly isStale: boolean;
}

/** The people whose facts are published in one commit. */
export interface Portion {
  /** The place in the order after which it begins. */
  readonly from: number;
  readonly people: readonly PersonInOrder[];
  /** A person approved the plan of this run. */
  readonly isReviewed: boolean;
}

export async function nextPortion(tx: Tx, runId: string, size: number): Promise<Portion> {
  const [run] = await tx.query<{ from: number; isReviewed: boolean }>(
    'SELECT published_seq AS "from", is_reviewed AS "isReviewed" FROM runs.sync_runs WHERE id = $1',
    [runId],
  );
  const { from, isReviewed } = run ?? { from: 0, isReviewed: false };
  const people = await tx.query<PersonInOrder>(
    `SELECT seq, person_id AS "personId", expected_revision AS "expectedRevision", is_stale AS "isStale" FROM runs.planned_people
     WHERE run_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`,
    [runId, from, from + size],
  );
  return { from, people, isReviewed };
}

/** What may be published of these people, each fact bound to the plan: to its line, to what it predicts, and to the revision. */
export async function approvedDifferences(tx: Tx, runId: string, { people, isReviewed }: Portion): Promise<Difference[]> {
  const ids = people.map(({ personId }) => personId);
  const facts = groupByPerson(await factsOf(tx, runId, ids));
  const changes = groupByPerson(await changesOf(tx, runId, people));
  return people.flatMap(({ personId, expectedRevision, isStale }) => {
    if (isStale) return [];
    const lines = changes.get(personId) ?? [];
    const effects = predictedMarks(lines);
    const isComing = lines.some(
      ({ action, decision }) => decision === 'apply' && (action === 'create' || action === 'reactivate'),
    );
    const published = selectFacts(facts.get(personId) ?? [], lines).map((fact) => ({
      ...fact,
      leavesFirst: isComing && fact.kind === 'removed',
    }));
    return published.map((fact) => {
      // What is no person's has no plan to hold to.
      if (expectedRevision === null || fact.memberType !== 'user') return { ...fact, plan: null };
      const line = lineOf(fact, lines);
      // Nothing is approved for this person, so nothing may follow either, whatever live sync has heard since (invariant 6).
      if (line === null) return { ...fact, plan: { changeId: lines[0]?.id ?? randomUUID(), expectedRevision, effects: [] } };
      return {
        ...fact,
        plan: { changeId: line.id, expectedRevision, effects, ...(isReviewed ? { approved: true as const } : {}) },
      };
    });
  });
}

async function factsOf(tx: Tx, runId: string, personIds: readonly string[]): Promise<FoundFact[]> {
  return tx.query<FoundFact>(
    `SELECT person_id AS "personId", group_id AS "groupId", kind, member_type AS "memberType", attributes, read_no AS "readNo", page,
       read_started_at AS "readStartedAt", read_at AS "readAt"
     FROM runs.differences WHERE run_id = $1 AND person_id = ANY ($2::uuid[])
     ORDER BY person_id, group_id NULLS FIRST`,
    [runId, personIds],
  );
}

async function changesOf(tx: Tx, runId: string, people: Portion['people']): Promise<(PredictedChange & { personId: string })[]> {
  return tx.query(
    `SELECT id, entra_object_id AS "personId", action, group_id AS "groupId", after, decision, kept_fields AS "keptFields"
     FROM runs.planned_changes WHERE run_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq, ordinal`,
    [runId, people[0]?.seq ?? 0, people.at(-1)?.seq ?? 0],
  );
}
