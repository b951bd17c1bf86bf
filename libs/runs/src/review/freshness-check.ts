import { lookUpByKey, type Database, type Lease } from '#database';
import { GOES_ON } from '../lifecycle/claim-run.js';
import type { RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import { findJoined } from './find-joined.js';
import { hasMoved, type PersonOfPlan } from './has-moved.js';

const PEOPLE_AT_A_TIME = 500;

interface PlannedPerson extends PersonOfPlan {
  /** False for what else can be a member: nobody asks for its attributes. */
  readonly isPerson: boolean;
}

/** What the run read of people of whom only memberships differ: their changes follow from their attributes too. */
const AS_READ = `(
  SELECT s.attributes FROM runs.staged_members s WHERE s.run_id = p.run_id AND s.member_id = p.person_id AND s.readable
   ORDER BY s.read_no DESC, s.page DESC LIMIT 1)`;

const NEXT_PEOPLE = `
  SELECT p.seq, p.person_id AS "personId", count(d.person_id) > 0 AS "isPerson",
    COALESCE((array_agg(d.attributes) FILTER (WHERE d.kind = 'attributes'))[1], ${AS_READ}) AS attributes,
    COALESCE(bool_or(d.kind = 'softDeleted'), false) AS "softDeleted",
    COALESCE(array_agg(d.group_id::text) FILTER (WHERE d.kind = 'added'), '{}') AS added,
    COALESCE(array_agg(d.group_id::text) FILTER (WHERE d.kind = 'removed'), '{}') AS removed,
    COALESCE(bool_or(d.kind = 'removed') AND NOT bool_or(d.kind = 'softDeleted'), false) AND EXISTS (
      SELECT 1 FROM runs.planned_changes c WHERE c.run_id = p.run_id AND c.entra_object_id = p.person_id
        AND c.action = 'deactivate' AND c.decision = 'apply') AS goes,
    ARRAY(SELECT k.group_id::text FROM people.known_memberships k
      WHERE k.connection_id = p.connection_id AND k.member_id = p.person_id AND k.present) AS known
  FROM (
    SELECT p.run_id, p.seq, p.person_id, r.connection_id FROM runs.sync_runs r
    JOIN runs.planned_people p ON p.run_id = r.id AND p.seq > r.checked_seq AND p.seq <= r.checked_seq + $2
    WHERE r.id = $1 OFFSET 0) AS p
  LEFT JOIN LATERAL (
    SELECT * FROM runs.differences d WHERE d.run_id = p.run_id AND d.person_id = p.person_id AND d.member_type = 'user' OFFSET 0) AS d ON true
  GROUP BY p.run_id, p.seq, p.person_id, p.connection_id ORDER BY p.seq`;

/**
 * A plan that waited for a person is compared with a fresh read of the people and memberships that it touches, whether or not live
 * sync heard of anything (invariant 6). Who moved is stale, with all their changes: reported, never guessed, and not published.
 */
export class FreshnessCheck {
  constructor(private readonly options: { readonly database: Database }) {}

  /** Goes on where an earlier attempt stopped. Throws what Graph throws: without an answer nothing is applied. */
  async check(lease: Lease, watched: readonly string[], graph: RunGraph, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const planned = await this.nextPeople(lease.key);
      const last = planned.at(-1);
      if (last === undefined) return;
      const people = planned.filter(({ isPerson }) => isPerson);
      const sent = graph.graphRequests;
      const { found } = await graph.usersByIds(people.map(({ personId }) => personId));
      const users = new Map(found.map((user) => [user.id, user]));
      const pairs = people
        .map(({ personId, added, removed, goes }) => {
          const asked = [...added, ...removed, ...(goes ? watched : [])];
          return { userId: personId, groupIds: [...new Set(asked)] };
        })
        .filter(({ groupIds }) => groupIds.length > 0);
      const groups = await graph.checkMemberGroups(pairs);
      const joined = await findJoined(graph, people, groups, signal);
      const hasMovedNow = (person: PersonOfPlan) =>
        joined.has(person.personId) || hasMoved(person, users.get(person.personId), groups.get(person.personId));
      const movedIds = people.filter(hasMovedNow).map(({ personId }) => personId);
      await this.record(lease, movedIds, last.seq, graph.graphRequests - sent);
    }
  }

  private async nextPeople(runId: string): Promise<PlannedPerson[]> {
    return this.options.database.query<PlannedPerson>(NEXT_PEOPLE, [runId, PEOPLE_AT_A_TIME]);
  }

  private async record(lease: Lease, movedIds: readonly string[], seq: number, requests: number): Promise<void> {
    await this.options.database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await lookUpByKey(tx);
      await tx.query(
        `UPDATE runs.planned_changes SET outcome = CASE WHEN decision = 'skip' THEN 'skipped' ELSE 'stale' END,
           code = CASE WHEN decision = 'skip' THEN code ELSE 'PLAN_STALE' END
         WHERE run_id = $1 AND entra_object_id = ANY ($2::uuid[])`,
        [lease.key, movedIds],
      );
      await tx.query('UPDATE runs.planned_people SET is_stale = true WHERE run_id = $1 AND person_id = ANY ($2::uuid[])', [
        lease.key,
        movedIds,
      ]);
      await tx.query(
        `UPDATE runs.sync_runs SET checked_seq = $2, graph_requests = graph_requests + $3, ${GOES_ON} WHERE id = $1`,
        [lease.key, seq, requests],
      );
    });
  }
}
