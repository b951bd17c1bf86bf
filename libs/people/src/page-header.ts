import type { Cause, MembershipsChangedV1 } from '#contracts';
import type { Evidence } from './facts/evidence.js';
import type { EffectCause } from './journal/effect.js';

/** What all pages of `directory.changes.v1` say of themselves. */
export type PageHeader = Pick<
  MembershipsChangedV1,
  'organisationId' | 'connectionId' | 'readNo' | 'page' | 'origin' | 'runId' | 'recheck' | 'times'
>;

export function evidenceOf(header: PageHeader): Evidence {
  return {
    kind: header.origin === 'delta' ? 'delta' : 'state',
    version: { readNo: header.readNo, page: header.page },
    readStartedAt: new Date(header.times.readStartedAt),
    readAt: new Date(header.times.readAt),
    isRecheck: header.recheck === true,
    isRun: header.origin === 'run',
  };
}

export function effectCauseOf(eventId: string, header: PageHeader, publishedAt: Date | null): EffectCause {
  return {
    cause: causeOf(eventId, header),
    runId: header.runId ?? null,
    times: { noticedAt: noticedAt(header), readAt: new Date(header.times.readAt), publishedAt },
  };
}

export function noticedAt({ times }: PageHeader): Date | null {
  return times.noticedAt === null || times.noticedAt === undefined ? null : new Date(times.noticedAt);
}

function causeOf(eventId: string, { runId, recheck }: PageHeader): Cause {
  if (runId !== undefined) return { kind: 'run', id: runId };
  return { kind: recheck === true ? 'recheck' : 'event', id: eventId };
}
