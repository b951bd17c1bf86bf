import type { Clock, MemberType, UserAttributes } from '#contracts';
import { lookUpByKey, type Database, type Lease, type Tx } from '#database';
import { predictEffects, type PeopleContext, type SupposedFacts } from '#people';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun } from '../run.js';
import { groupByPerson, peopleToPlan } from './people-in-order.js';
import { planItems } from './plan-items.js';
import { storeItems } from './store-items.js';

export interface RunPlannerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly settleMs: number;
  /** The rules of a connection, as provisioning reads them. */
  readonly rules: Pick<PeopleContext, 'connectionOf'>;
}

const PEOPLE_AT_A_TIME = 500;

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
    await lookUpByKey(tx);
    const people = await peopleToPlan(tx, run.id, PEOPLE_AT_A_TIME);
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
    const predictions = await predictEffects(tx, rules, request);
    const planned = predictions.map((prediction) => ({ ...prediction, items: planItems(prediction) }));
    await storeItems(tx, run.id, people, planned);
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
  const byPerson = groupByPerson(rows);
  return personIds.map((personId) => suppose(personId, byPerson.get(personId) ?? []));
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
  const wanted = new Set(
    facts.flatMap(({ attributes }) =>
      [attributes?.mail, attributes?.userPrincipalName, ...(attributes?.otherMails ?? [])].flatMap(
        (email) => email?.toLowerCase() ?? [],
      ),
    ),
  );
  const rows = await tx.query<{ email: string; holder: string }>(
    `SELECT lower(after->>'email') AS email, COALESCE(account_id::text, $2 || '/' || entra_object_id) AS holder
     FROM unnest($3::text[]) AS wanted (email) CROSS JOIN LATERAL (
       SELECT * FROM runs.planned_changes WHERE run_id = $1 AND lower(after->>'email') = wanted.email LIMIT 1) AS taken`,
    [run.id, run.connectionId, [...wanted]],
  );
  return new Map(rows.map(({ email, holder }) => [email, holder]));
}
