import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import { needsOf, type Need } from './needs.js';

interface Needs {
  readonly needs: readonly Need[];
  /** What kept a part of them from being read: then there may be more. */
  readonly error: Error | null;
}

/** What waits for a person, from every connection. */
export function useNeeds(): Needs {
  const connections = useQuery(queries.connections());
  const all = connections.data ?? [];
  const health = useQueries({
    queries: isOffered('get /connections/{id}/health') ? all.map(({ id }) => queries.health(id)) : [],
  });
  const held = useInfiniteQuery({ ...queries.held({}), enabled: isOffered('get /held-changes') });
  const toReview = useInfiniteQuery(queries.runs({ state: 'awaitingReview' }));
  const deadLetters = useInfiniteQuery(queries.deadLetters({}));
  const needs = needsOf(
    {
      connections: all,
      healths: health.flatMap(({ data }) => (data === undefined ? [] : [data])),
      oldestHeldAt: held.data?.pages[0]?.items[0]?.heldAt ?? null,
      reviews: toReview.data?.pages.flatMap(({ items }) => items) ?? [],
      letters: deadLetters.data?.pages.flatMap(({ items }) => items) ?? [],
    },
    new Date(),
  );
  const unread = [connections, held, toReview, deadLetters, ...health].find(({ isError }) => isError);
  return { needs, error: unread?.error ?? null };
}
