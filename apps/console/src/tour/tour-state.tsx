import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { useLiveMessages } from '../live/live-provider.js';
import { router } from '../app/router.js';
import { causeOf, loadTour, saveTour, stepTickedBy, type TourSign, type TourState, type TourStep } from './tour-progress.js';

interface TourControl extends TourState {
  readonly close: () => void;
  readonly restart: () => void;
}

const TourContext = createContext<TourControl | null>(null);

/** Follows the tour on every page, since its steps happen on several. */
export function TourProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [state, setState] = useState<TourState>(() => loadTour(localStorage));
  useEffect(() => saveTour(localStorage, state), [state]);

  const see = useCallback((sign: TourSign) => {
    setState((known) => {
      const step: TourStep | null = stepTickedBy(sign, new Set(known.done));
      return step === null || known.done.includes(step) ? known : { ...known, done: [...known.done, step] };
    });
  }, []);
  useLiveMessages(({ type, data }) => see({ event: type, cause: causeOf(data) }));
  useEffect(() => router.subscribe('onResolved', ({ toLocation }) => see({ page: toLocation.pathname })), [see]);

  const control = useMemo<TourControl>(
    () => ({
      ...state,
      close: () => setState((known) => ({ ...known, isClosed: true })),
      restart: () => setState({ done: [], isClosed: false }),
    }),
    [state],
  );
  return <TourContext value={control}>{children}</TourContext>;
}

export function useTour(): TourControl {
  const control = use(TourContext);
  if (control === null) throw new Error('useTour needs a TourProvider above it');
  return control;
}
