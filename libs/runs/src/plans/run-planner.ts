import { randomUUID } from 'node:crypto';
import type { Clock, MemberType, UserAttributes } from '#contracts';
import type { Database, Lease, Tx } from '#database';
import { predictEffects, type PeopleContext, type Prediction, type SupposedFacts } from '#people';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { planItems } from './plan-items.js';

export interface RunPlannerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly settleMs: number;
  /** The rules of a connection, as provisioning reads them. */
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
}

const PEOPLE_AT_A_TIME = 500;

interface PersonToPlan {
  readonly seq: number;
  readonly personId: string;
}

/**
 * Computes the plan of a run: for everybody who differs, what provisioning would do, by provisioning's own decision function. Batch
 * by batch, each a commit, so that a kill loses one batch and memory does not grow with the plan.
 */
export class RunPlanner {
  constructor(private readonly options: RunPlannerOptions) {}

  async plan(run: SyncRun, lease: Lease, signal: AbortSignal): Promise<void> {
    let hasMore = true;
    while (hasMore) {
      signal.throwIfAborted();
      hasMore = await this.options.database.transaction((tx) => this.planNext(tx, run, lease));
    }
  }

  private async planNext(tx: Tx, run: SyncRun, lease: Lease): Promise<boolean> {
    await holdRun(tx, lease);
    const people = await tx.query<PersonToPlan>(
      `SELECT p.seq, p.person_id AS "personId" FROM runs.planned_people p JOIN runs.sync_runs r ON r.id = p.run_id
       WHERE p.run_id = $1 AND p.seq > r.planned_seq ORDER BY p.seq LIMIT $2`,
      [run.id, PEOPLE_AT_A_TIME],
    );
    const last = people.at(-1);
    if (last === undefined) return false;
    const facts = await supposedFacts(
      tx,
      run.id,
      people.map(({ personId }) => personId),
    );
    const { organisationId, connectionId } = run;
    const { settleMs, rules, clock } = this.options;
    const takenAddresses = await takenInThisPlan(tx, run, facts);
    const request = { organisationId, connectionId, people: facts, settleMs, now: clock(), takenAddresses };
    await storeItems(tx, run.id, people, await predictEffects(tx, rules, request));
    await tx.query('UPDATE runs.sync_runs SET planned_seq = $2 WHERE id = $1', [run.id, last.seq]);
    return true;
  }
}

interface FactRow {
  readonly personId: string;
  readonly groupId: string | null;
  readonly kind: 'attributes' | 'added' | 'removed' | 'softDeleted';
  readonly memberType: MemberType;
  readonly attributes: UserAttributes | null;
}

/** The differences of these people as facts that hold. */
export async function supposedFacts(tx: Tx, runId: string, personIds: readonly string[]): Promise<SupposedFacts[]> {
  const rows = await tx.query<FactRow>(
    `SELECT person_id AS "personId", group_id AS "groupId", kind, member_type AS "memberType", attributes
     FROM runs.differences WHERE run_id = $1 AND person_id = ANY ($2::uuid[]) ORDER BY person_id, group_id NULLS FIRST`,
    [runId, personIds],
  );
  return personIds.map((personId) =>
    suppose(
      personId,
      rows.filter((row) => row.personId === personId),
    ),
  );
}

export function suppose(entraObjectId: string, rows: readonly FactRow[]): SupposedFacts {
  const about = rows.find(({ groupId }) => groupId === null);
  return {
    entraObjectId,
    ...(about === undefined ? {} : { userState: about.kind === 'softDeleted' ? ('softDeleted' as const) : ('present' as const) }),
    ...(about?.attributes == null ? {} : { attributes: about.attributes }),
    memberships: rows.flatMap(({ groupId, memberType, kind }) =>
      groupId === null ? [] : [{ groupId, memberType, present: kind === 'added' }],
    ),
  };
}

/** Who of the people planned so far would take an address that somebody of this batch might want. */
async function takenInThisPlan(tx: Tx, run: SyncRun, facts: readonly SupposedFacts[]): Promise<Map<string, string>> {
  const wanted = facts.flatMap(({ attributes }) =>
    [attributes?.mail, attributes?.userPrincipalName, ...(attributes?.otherMails ?? [])].flatMap(
      (email) => email?.toLowerCase() ?? [],
    ),
  );
  const rows = await tx.query<{ email: string; holder: string }>(
    `SELECT lower(after->>'email') AS email, COALESCE(account_id::text, $2 || '/' || entra_object_id) AS holder
     FROM runs.planned_changes WHERE run_id = $1 AND lower(after->>'email') = ANY ($3::text[])`,
    [run.id, run.connectionId, wanted],
  );
  return new Map(rows.map(({ email, holder }) => [email, holder]));
}

async function storeItems(
  tx: Tx,
  runId: string,
  people: readonly PersonToPlan[],
  predictions: readonly Prediction[],
): Promise<void> {
  const seqOf = new Map(people.map(({ personId, seq }) => [personId, seq]));
  const rows = predictions.flatMap((prediction) =>
    planItems(prediction).map((item, ordinal) => ({
      ...item,
      id: randomUUID(),
      seq: seqOf.get(prediction.entraObjectId),
      ordinal,
      entraObjectId: prediction.entraObjectId,
      displayName: prediction.displayName,
      accountId: prediction.accountId,
    })),
  );
  await tx.query(
    `INSERT INTO runs.planned_changes
       (id, run_id, seq, ordinal, action, entra_object_id, display_name, account_id, group_id, before, after, code, decision)
     SELECT id, $1, seq, ordinal, action, "entraObjectId", "displayName", "accountId", "groupId", before, after, code,
       CASE action WHEN 'skip' THEN 'skip' ELSE 'apply' END
     FROM jsonb_to_recordset($2::jsonb) AS item (id uuid, seq int, ordinal int, action text, "entraObjectId" uuid, "displayName" text,
       "accountId" uuid, "groupId" uuid, before jsonb, after jsonb, code text)`,
    [runId, JSON.stringify(rows)],
  );
  await tx.query(
    `UPDATE runs.planned_people p SET expected_revision = e.revision
     FROM unnest($2::uuid[], $3::bigint[]) AS e (person_id, revision) WHERE p.run_id = $1 AND p.person_id = e.person_id`,
    [runId, predictions.map(({ entraObjectId }) => entraObjectId), predictions.map(({ revision }) => revision)],
  );
}
