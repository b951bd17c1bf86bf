import { randomUUID } from 'node:crypto';
import type { Clock } from '#contracts';
import { lookUpByKey, type Database, type Lease } from '#database';
import { applyUndo, type ApprovedReversal, type PeopleContext, type Reversal } from '#people';
import { effectTypeOf } from '../plans/plan-items.js';
import type { PlannedAction } from '../plans/planned-change.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';

export interface UndoPublisherOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly settleMs: number;
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
}

const PEOPLE_AT_A_TIME = 200;

interface ApprovedLine {
  readonly seq: number;
  readonly personId: string;
  readonly expectedRevision: number;
  readonly changeId: string;
  readonly action: PlannedAction;
  readonly groupId: string | null;
  readonly before: Reversal['before'];
  readonly after: Reversal['after'];
}

/** Has `people` take back what was approved, people by people; how far it has come is part of the same commit. */
export class UndoPublisher {
  constructor(private readonly options: UndoPublisherOptions) {}

  /** The next people; false where there are none left. */
  async publishNext(lease: Lease, run: SyncRun): Promise<boolean> {
    const { database, clock, settleMs, rules } = this.options;
    return database.transaction(async (tx) => {
      await holdRun(tx, lease);
      await lookUpByKey(tx);
      const lines = await tx.query<ApprovedLine>(NEXT, [run.id, PEOPLE_AT_A_TIME]);
      const [end] = await tx.query<{ seq: number; last: number }>(
        `SELECT LEAST(published_seq + $2, people_count) AS seq, people_count AS last FROM runs.sync_runs WHERE id = $1`,
        [run.id, PEOPLE_AT_A_TIME],
      );
      const actor = { id: run.approvedBy ?? run.requestedBy, organisationId: run.organisationId };
      const tools = { context: rules, clock, newId: randomUUID, settleMs };
      const people = inPeople(lines);
      if (people.length > 0) await applyUndo(tx, tools, actor, { connectionId: run.connectionId, runId: run.id, people });
      await tx.query('UPDATE runs.sync_runs SET published_seq = $2 WHERE id = $1', [run.id, end?.seq ?? 0]);
      return end !== undefined && end.seq < end.last;
    });
  }
}

function inPeople(lines: readonly ApprovedLine[]): ApprovedReversal[] {
  const people = new Map<
    string,
    { entraObjectId: string; expectedRevision: number; lines: ApprovedReversal['lines'][number][] }
  >();
  for (const { personId, expectedRevision, action, changeId, groupId, before, after } of lines) {
    const type = effectTypeOf(action);
    if (type === null) continue;
    const person = people.get(personId) ?? { entraObjectId: personId, expectedRevision, lines: [] };
    person.lines.push({ changeId, type, groupId, before, after });
    people.set(personId, person);
  }
  return [...people.values()];
}

/** A field that is kept stays as it is. */
const NEXT = `
  SELECT c.seq, c.entra_object_id AS "personId", p.expected_revision AS "expectedRevision", c.id AS "changeId", c.action,
    c.group_id AS "groupId", c.before - c.kept_fields AS before, c.after - c.kept_fields AS after
  FROM runs.sync_runs r
  JOIN runs.planned_changes c ON c.run_id = r.id AND c.seq > r.published_seq AND c.seq <= r.published_seq + $2 AND c.decision = 'apply'
  CROSS JOIN LATERAL (SELECT expected_revision FROM runs.planned_people WHERE run_id = $1 AND seq = c.seq LIMIT 1) AS p
  WHERE r.id = $1
  ORDER BY c.seq, c.ordinal`;
