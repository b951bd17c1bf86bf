export const tourSteps = ['add', 'why', 'empty', 'release', 'run', 'connect'] as const;
export type TourStep = (typeof tourSteps)[number];

/** What happened on the way: a live event, or a page that was opened. */
export type TourSign = { readonly event: string } | { readonly page: string };

/** The step that is ticked because of a sign; null for all that is not part of the tour. Nothing is released before it was held. Pure. */
export function stepTickedBy(sign: TourSign, done: ReadonlySet<TourStep>): TourStep | null {
  if ('page' in sign) {
    if (/^\/people\/[^/]+$/.test(sign.page) && done.has('add')) return 'why';
    return sign.page === '/connections/new' ? 'connect' : null;
  }
  switch (sign.event) {
    case 'rollcall.account.created':
      return 'add';
    case 'rollcall.membership.held':
      return 'empty';
    case 'rollcall.membership.revoked':
      return done.has('empty') ? 'release' : null;
    case 'rollcall.run.completed':
      return done.has('release') ? 'run' : null;
    default:
      return null;
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
