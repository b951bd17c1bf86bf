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

/** What a live event tells of itself, as far as the tour asks. */
export interface TourFact {
  readonly connectionId?: string | undefined;
  /** What caused an effect: `event` or `recheck` is a change in the tenant, `run` a full sync, `person` somebody here. */
  readonly cause?: string | undefined;
  readonly run?: { readonly kind?: string | undefined; readonly apply?: string | undefined } | undefined;
}

/** What happened on the way: a live event, or a page that was opened. */
export type TourSign = { readonly event: string; readonly fact: TourFact } | { readonly page: string };

interface Ticking {
  readonly step: TourStep;
  /** The step before which the sign says nothing: nothing is released before it was held. */
  readonly after?: TourStep;
  /** What the event must be besides. */
  readonly when?: (fact: TourFact) => boolean;
}

const byTheTenant = ({ cause }: TourFact): boolean => cause === 'event' || cause === 'recheck';
const byAPerson = ({ cause }: TourFact): boolean => cause === 'person';
const isReviewed = ({ run }: TourFact): boolean => run?.apply === 'review' && run.kind !== 'undo';

const BY_EVENT: Readonly<Record<string, Ticking>> = {
  // The first read of the group makes accounts too; that is no doing of the reader's.
  'rollcall.account.created': { step: 'add', when: byTheTenant },
  'rollcall.membership.held': { step: 'empty' },
  'rollcall.membership.revoked': { step: 'release', after: 'empty', when: byAPerson },
  // What was released comes back only when the tenant puts it back; that nothing is held any more may have other reasons.
  'rollcall.account.reactivated': { step: 'putBack', after: 'release', when: byTheTenant },
  'rollcall.connection.paused': { step: 'pause' },
  'rollcall.run.completed': { step: 'review', after: 'pause', when: isReviewed },
  'rollcall.run.undone': { step: 'undo', after: 'review' },
  'rollcall.connection.enabled': { step: 'resume', after: 'pause' },
};

/** The step that is ticked because of a sign; null for all that is not part of the tour. Pure. */
export function stepTickedBy(sign: TourSign, done: ReadonlySet<TourStep>): TourStep | null {
  const ticking = 'page' in sign ? tickingOfPage(sign.page) : BY_EVENT[sign.event];
  if (ticking === undefined) return null;
  if ('fact' in sign && ticking.when?.(sign.fact) === false) return null;
  return ticking.after === undefined || done.has(ticking.after) ? ticking.step : null;
}

function tickingOfPage(page: string): Ticking | undefined {
  if (/^\/people\/[^/]+$/.test(page)) return { step: 'why', after: 'add' };
  if (page === '/notices') return { step: 'notice', after: 'review' };
  return page === '/connections/new' ? { step: 'connect' } : undefined;
}

/** What an event of the stream tells; nothing where it cannot be read. */
export function tourFactOf(data: string): TourFact {
  try {
    const { data: fact } = JSON.parse(data) as {
      data?: { connectionId?: string; cause?: { kind?: string }; run?: TourFact['run'] };
    };
    return { connectionId: fact?.connectionId, cause: fact?.cause?.kind, run: fact?.run };
  } catch {
    return {};
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
