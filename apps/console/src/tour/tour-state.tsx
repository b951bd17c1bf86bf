import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import type { Connection } from '../api/types.js';
import { useLiveMessages } from '../live/live-provider.js';
import { router } from '../app/router.js';
import { loadTour, saveTour, stepTickedBy, tourFactOf, type TourSign, type TourState, type TourStep } from './tour-progress.js';

interface TourControl extends TourState {
  readonly close: () => void;
  readonly restart: () => void;
}

/** The connection on which the tour goes: the simulated tenant, until it is removed. */
export const isTourable = ({ cloud, state }: Connection): boolean => cloud === 'simulated' && state !== 'disconnected';

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
  const { data: connections } = useQuery(queries.connections());
  const demo = connections?.find(isTourable);
  useLiveMessages(({ type, data }) => {
    const fact = tourFactOf(data);
    // What happens to a real tenant beside the demo is no step of the tour.
    if (fact.connectionId === demo?.id) see({ event: type, fact });
  });
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
