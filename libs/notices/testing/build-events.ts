import { randomUUID } from 'node:crypto';
import {
  buildEvent,
  type CloudEvent,
  type connectionEvents,
  type DataOf,
  type RunSummary,
  type runCompletedV1,
  type runEvents,
} from '#contracts';

type RunDefinition = Exclude<
  (typeof runEvents)[number],
  { type: 'rollcall.run.overdue' | 'rollcall.run.begun' | 'rollcall.run.progressed' }
>;
type ConnectionDefinition = (typeof connectionEvents)[number];
type RunData = DataOf<typeof runCompletedV1>;

export interface Owned {
  readonly organisationId: string;
  readonly connectionId: string;
}

export interface RunEventOptions extends Owned {
  readonly at?: Date;
  readonly run?: Partial<RunData['run']>;
  readonly summary?: RunSummary | null;
  readonly error?: RunData['error'];
  readonly planned?: RunData['planned'];
  readonly firstSkips?: RunData['firstSkips'];
}

export const emptySummary: RunSummary = {
  fetched: 0,
  processed: 0,
  created: 0,
  updated: 0,
  deactivated: 0,
  reactivated: 0,
  granted: 0,
  revoked: 0,
  unchanged: 0,
  skipped: 0,
  stale: 0,
  held: 0,
  skippedByReason: {},
  unreadable: [],
  graphRequests: 0,
  durationMs: 0,
};

export function buildRunEvent<Definition extends RunDefinition>(
  definition: Definition,
  { organisationId, connectionId, at = new Date(), run, summary = null, error = null, planned, firstSkips }: RunEventOptions,
): CloudEvent<Definition> {
  const identity = { id: randomUUID(), source: '/rollcall/full-sync', key: connectionId, time: at };
  return buildEvent(definition, identity, {
    organisationId,
    connectionId,
    run: { id: randomUUID(), kind: 'full', apply: 'automatic', state: 'completed', reason: 'SCHEDULE', ...run },
    summary,
    error,
    ...(planned === undefined ? {} : { planned }),
    ...(firstSkips === undefined ? {} : { firstSkips }),
  } as never);
}

export interface ConnectionEventOptions extends Owned {
  readonly at?: Date;
  readonly code?: string | null;
  readonly message?: string | null;
  readonly object?: Record<string, unknown>;
}

export function buildConnectionEvent<Definition extends ConnectionDefinition>(
  definition: Definition,
  { organisationId, connectionId, at = new Date(), code = null, message = null, object = {} }: ConnectionEventOptions,
): CloudEvent<Definition> {
  const identity = { id: randomUUID(), source: '/rollcall/connections', key: connectionId, time: at };
  return buildEvent(definition, identity, { organisationId, connectionId, code, message, object } as never);
}
