export const tourSteps = [
  'add',
  'why',
  'empty',
  'release',
  'putBack',
  'pause',
  'review',
  'notice',
  'undo',
  'resume',
  'connect',
] as const;
export type TourStep = (typeof tourSteps)[number];

/** What happened on the way: a live event with the kind of its cause, or a page that was opened. */
export type TourSign = { readonly event: string; readonly cause?: string | undefined } | { readonly page: string };

interface Ticking {
  readonly step: TourStep;
  /** The step before which the sign says nothing: nothing is released before it was held. */
  readonly after?: TourStep;
}

const BY_EVENT: Readonly<Record<string, Ticking>> = {
  'rollcall.account.created': { step: 'add' },
  'rollcall.membership.held': { step: 'empty' },
  'rollcall.membership.revoked': { step: 'release', after: 'empty' },
  'rollcall.guard.released': { step: 'putBack', after: 'release' },
  'rollcall.connection.paused': { step: 'pause' },
  'rollcall.run.completed': { step: 'review', after: 'pause' },
  'rollcall.run.undone': { step: 'undo', after: 'review' },
  'rollcall.connection.enabled': { step: 'resume', after: 'pause' },
};

/** The step that is ticked because of a sign; null for all that is not part of the tour. Pure. */
export function stepTickedBy(sign: TourSign, done: ReadonlySet<TourStep>): TourStep | null {
  const ticking = 'page' in sign ? tickingOfPage(sign.page) : BY_EVENT[sign.event];
  if (ticking === undefined) return null;
  // The first read of the group makes accounts too; that is no doing of the reader's.
  if (ticking.step === 'add' && 'event' in sign && sign.cause === 'run') return null;
  return ticking.after === undefined || done.has(ticking.after) ? ticking.step : null;
}

function tickingOfPage(page: string): Ticking | undefined {
  if (/^\/people\/[^/]+$/.test(page)) return { step: 'why', after: 'add' };
  if (page === '/notices') return { step: 'notice', after: 'review' };
  return page === '/connections/new' ? { step: 'connect' } : undefined;
}

/** The kind of cause that an event of the stream names; undefined where it names none. */
export function causeOf(data: string): string | undefined {
  try {
    const { data: effect } = JSON.parse(data) as { data?: { cause?: { kind?: string } } };
    return effect?.cause?.kind;
  } catch {
    return undefined;
  }
}

const STORED = 'rollcall.tour';

/** What is kept of the tour in this browser: the steps that are done, and whether it was put away. */
export interface TourState {
  readonly done: readonly TourStep[];
  readonly isClosed: boolean;
}

export function loadTour(storage: Pick<Storage, 'getItem'>): TourState {
  try {
    const { done, isClosed } = JSON.parse(storage.getItem(STORED) ?? '{}') as Partial<Record<keyof TourState, unknown>>;
    const known = Array.isArray(done) ? done : [];
    return { done: tourSteps.filter((step) => known.includes(step)), isClosed: isClosed === true };
  } catch {
    return { done: [], isClosed: false };
  }
}

export function saveTour(storage: Pick<Storage, 'setItem'>, state: TourState): void {
  storage.setItem(STORED, JSON.stringify(state));
}
