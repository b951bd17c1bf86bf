import { randomUUID } from 'node:crypto';
import type { RunKind } from '#contracts';
import type { Tx } from '#database';
import { currentTraceparent, inSpan } from '#tracing';
import { RunInProgressError } from '../errors.js';
import { publishRunFact } from '../lifecycle/publish-run-fact.js';
import { LIVE_STATES } from '../lifecycle/run-transitions.js';
import { RUN_COLUMNS, type RunActor, type SyncRun, type Undoes } from '../run.js';
import { doesWhatWasAsked } from './does-what-was-asked.js';

export interface RunRequest {
  readonly connectionId: string;
  readonly kind: RunKind;
  readonly apply: 'automatic' | 'review';
  readonly reason: string;
  /** Only these of the watched groups; absent: all. */
  readonly groupIds?: readonly string[];
  readonly undoes?: Undoes;
}

/** The channel that wakes the workers; its payload is empty. */
export const RUNS_CHANNEL = 'rollcall_runs';

/**
 * Asks for a run. One is live per connection at a time: a double click, two admins or a repeated request get the run that is
 * already there where it does what was asked; else this throws `RunInProgressError` with its id.
 */
export async function requestRun(tx: Tx, actor: RunActor, request: RunRequest, now: Date = new Date()): Promise<SyncRun> {
  const { connectionId, kind, reason } = request;
  const attributes = { 'rollcall.connection_id': connectionId, 'rollcall.run_kind': kind, 'rollcall.run_reason': reason };
  // All that the run does stands below this span, however long it waits; it is there also where the schedule asks.
  return inSpan('request run', { attributes }, async (span) => {
    const run = await createOrFind(tx, actor, request, now);
    span.note({ 'rollcall.run_id': run.id });
    return run;
  });
}

async function createOrFind(tx: Tx, actor: RunActor, request: RunRequest, now: Date): Promise<SyncRun> {
  // The live run that stood in the way may end between the two statements: then the place is free.
  for (;;) {
    const created = await insertRun(tx, actor, request, now);
    if (created !== undefined) {
      await publishRunFact(tx, created, 'requested', now);
      await tx.query('SELECT pg_notify($1, $2)', [RUNS_CHANNEL, '']);
      return created;
    }
    const live = await liveRun(tx, request.connectionId);
    if (live === undefined) continue;
    if (doesWhatWasAsked(live, request)) return live;
    throw new RunInProgressError(live.id);
  }
}

export async function liveRun(tx: Pick<Tx, 'query'>, connectionId: string): Promise<SyncRun | undefined> {
  const [run] = await tx.query<SyncRun>(
    `SELECT ${RUN_COLUMNS} FROM runs.sync_runs WHERE connection_id = $1 AND state = ANY ($2)`,
    [connectionId, LIVE_STATES],
  );
  return run;
}

async function insertRun(tx: Tx, actor: RunActor, request: RunRequest, now: Date): Promise<SyncRun | undefined> {
  const [run] = await tx.query<SyncRun>(
    `INSERT INTO runs.sync_runs
       (id, organisation_id, connection_id, kind, apply, state, reason, requested_by, group_ids, undoes, requested_at, wake_at, traceparent)
     VALUES ($1, $2, $3, $4, $5, 'requested', $6, $7, $8, $9, $10, $10, $11)
     ON CONFLICT (connection_id) WHERE state IN ('requested', 'reading', 'comparing', 'approved', 'applying') DO NOTHING
     RETURNING ${RUN_COLUMNS}`,
    [
      randomUUID(),
      actor.organisationId,
      request.connectionId,
      request.kind,
      request.apply,
      request.reason,
      `${actor.kind}:${actor.id}`,
      request.groupIds ?? null,
      request.undoes ?? null,
      now,
      currentTraceparent(),
    ],
  );
  return run;
}
