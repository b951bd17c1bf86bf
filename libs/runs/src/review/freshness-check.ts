import { lookUpByKey, type Database, type Lease } from '#database';
import { GOES_ON } from '../lifecycle/claim-run.js';
import type { RunGraph } from '../ports.js';
import { holdRun } from '../reading/group-read.js';
import { findJoined, noteNamedElsewhere, type NamedElsewhere } from './find-joined.js';
import { hasMoved, type PersonOfPlan } from './has-moved.js';

const PEOPLE_AT_A_TIME = 500;
/** So many people are asked about their own side before the groups that it names are read as a whole: each once for all of them. */
const PEOPLE_BEFORE_LISTS = 20_000;

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
    JOIN runs.planned_people p ON p.run_id = r.id AND p.seq > GREATEST(r.checked_seq, $3) AND p.seq <= GREATEST(r.checked_seq, $3) + $2
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
    let batch = beginBatch(0, graph);
    for (;;) {
      signal.throwIfAborted();
      const planned = await this.nextPeople(lease.key, batch.seq);
      const last = planned.at(-1);
      if (last !== undefined) {
        await askAbout(
          planned.filter(({ isPerson }) => isPerson),
          watched,
          graph,
          batch,
        );
        batch.people += planned.length;
        batch.seq = last.seq;
      }
      const isOpen = batch.named.size > 0 && batch.people < PEOPLE_BEFORE_LISTS;
      if (batch.people > 0 && !(isOpen && last !== undefined)) {
        for (const id of await findJoined(graph, batch.named, signal)) batch.moved.add(id);
        await this.record(lease, [...batch.moved], batch.seq, graph.graphRequests - batch.sentBefore);
        batch = beginBatch(batch.seq, graph);
      }
      if (last === undefined) return;
    }
  }

  private async nextPeople(runId: string, after: number): Promise<PlannedPerson[]> {
    return this.options.database.query<PlannedPerson>(NEXT_PEOPLE, [runId, PEOPLE_AT_A_TIME, after]);
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

/** People who were asked about, and what is not recorded of them yet. */
interface Batch {
  people: number;
  /** The last of them in the order. */
  seq: number;
  readonly moved: Set<string>;
  readonly named: NamedElsewhere;
  readonly sentBefore: number;
}

function beginBatch(seq: number, { graphRequests }: RunGraph): Batch {
  return { people: 0, seq, moved: new Set(), named: new Map(), sentBefore: graphRequests };
}

async function askAbout(
  people: readonly PersonOfPlan[],
  watched: readonly string[],
  graph: RunGraph,
  batch: Batch,
): Promise<void> {
  const { found } = await graph.usersByIds(people.map(({ personId }) => personId));
  const users = new Map(found.map((user) => [user.id, user]));
  const pairs = people
    .map(({ personId, added, removed, goes }) => {
      const asked = [...added, ...removed, ...(goes ? watched : [])];
      return { userId: personId, groupIds: [...new Set(asked)] };
    })
    .filter(({ groupIds }) => groupIds.length > 0);
  const groups = await graph.checkMemberGroups(pairs);
  noteNamedElsewhere(batch.named, people, groups);
  for (const person of people) {
    if (hasMoved(person, users.get(person.personId), groups.get(person.personId))) batch.moved.add(person.personId);
  }
}
