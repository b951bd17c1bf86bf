import type { Clock } from '#contracts';
import { lookUpByKey, type Database, type Lease, type Tx } from '#database';
import { planUndo } from '#people';
import { joinedAsSets } from '../comparing/joined-as-sets.js';
import { peopleToPlan } from '../plans/people-in-order.js';
import { storeItems } from '../plans/store-items.js';
import { actionOf } from '../plans/plan-items.js';
import type { Halt } from '../lifecycle/halt.js';
import { holdRun } from '../reading/group-read.js';
import type { SyncRun, Undoes } from '../run.js';
import { isStillBeingApplied } from './still-being-applied.js';

const PEOPLE_AT_A_TIME = 500;
const LOOK_AGAIN_MS = 1_000;

/** The plan of a run of kind undo, from the journal: batch by batch, each a commit, so that a kill loses one batch. */
export class UndoPlanner {
  constructor(private readonly options: { readonly database: Database; readonly clock: Clock }) {}

  /** Null when the plan is there. What was published of the undone run has to be in the journal before it is planned from that. */
  async plan(run: SyncRun, lease: Lease, signal: AbortSignal): Promise<Halt | null> {
    const { database, clock } = this.options;
    if (await isStillBeingApplied(database, run, targetOf(run), clock())) {
      const until = new Date(clock().getTime() + LOOK_AGAIN_MS);
      return { kind: 'wait', until, failedAttempt: false, code: 'STILL_BEING_APPLIED' };
    }
    await database.transaction((tx) => this.lineUp(tx, run, lease));
    for (let hasMore = true; hasMore;) {
      signal.throwIfAborted();
      hasMore = await database.transaction((tx) => this.planNext(tx, run, lease));
    }
    return null;
  }

  /**
   * Everybody whom the undone effects concern, in an order of its own; once. Of a run that is undone already only those are left whom
   * that undo had to leave out.
   */
  private async lineUp(tx: Tx, run: SyncRun, lease: Lease): Promise<void> {
    await holdRun(tx, lease);
    const { runId, from, to } = spanOf(targetOf(run));
    const begun = await tx.query('UPDATE runs.sync_runs SET lined_up_at = $2 WHERE id = $1 AND lined_up_at IS NULL RETURNING 1', [
      run.id,
      this.options.clock(),
    ]);
    if (begun.length === 0) return;
    const enterAll = () =>
      tx.query(
        `INSERT INTO runs.planned_people (run_id, seq, person_id)
       SELECT $1, row_number() OVER (ORDER BY entra_object_id), entra_object_id
       FROM (SELECT DISTINCT entra_object_id FROM people.undoable_effects
             WHERE organisation_id = $2 AND connection_id = $3 AND ($4::uuid IS NULL OR run_id = $4)
               AND ($4::uuid IS NOT NULL OR (applied_at >= $5::timestamptz AND applied_at < $6::timestamptz))) AS concerned
       WHERE NOT EXISTS (
         SELECT 1 FROM runs.sync_runs t WHERE t.id = $4 AND t.undone_by IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM runs.planned_changes c
           WHERE c.run_id = t.undone_by AND c.entra_object_id = concerned.entra_object_id AND c.action = 'skip'))`,
        [run.id, run.organisationId, run.connectionId, runId, from, to],
      );
    await joinedAsSets(tx, enterAll);
    await tx.query(
      'UPDATE runs.sync_runs SET people_count = (SELECT count(*) FROM runs.planned_people WHERE run_id = $1) WHERE id = $1',
      [run.id],
    );
  }

  private async planNext(tx: Tx, run: SyncRun, lease: Lease): Promise<boolean> {
    await holdRun(tx, lease);
    await lookUpByKey(tx);
    const people = await peopleToPlan(tx, run.id, PEOPLE_AT_A_TIME);
    const last = people.at(-1);
    if (last === undefined) return false;
    const { organisationId, connectionId } = run;
    const scope = { organisationId, connectionId, target: targetOf(run), undoRunIds: await otherUndos(tx, run) };
    const ids = people.map(({ personId }) => personId);
    const predictions = await planUndo(tx, scope, ids, this.options.clock());
    const planned = predictions.map(({ reversals, leftOut, ...person }) => ({
      ...person,
      items: [
        ...reversals.flatMap(({ type, groupId, before, after }) => {
          const action = actionOf(type);
          return action === null ? [] : [{ action, groupId, before, after, code: null }];
        }),
        ...leftOut.map(({ groupId, code }) => ({ action: 'skip' as const, groupId, before: null, after: null, code })),
      ],
    }));
    await storeItems(tx, run.id, people, planned);
    await tx.query('UPDATE runs.sync_runs SET planned_seq = $2 WHERE id = $1', [run.id, last.seq]);
    return true;
  }
}

/** What an undo did takes something back; a later one is about what is left. Nothing of the undone run itself is meant. */
async function otherUndos(tx: Tx, { id, connectionId }: SyncRun): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM runs.sync_runs WHERE connection_id = $1 AND kind = 'undo' AND id <> $2`,
    [connectionId, id],
  );
  return rows.map((row) => row.id);
}

export function targetOf({ id, undoes }: SyncRun): Undoes {
  if (undoes === null) throw new Error(`run ${id} undoes nothing`);
  return undoes;
}

function spanOf(undoes: Undoes): { runId: string | null; from: string | null; to: string | null } {
  return 'runId' in undoes ? { runId: undoes.runId, from: null, to: null } : { runId: null, from: undoes.from, to: undoes.to };
}
