import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { isOffered } from '../api/offered.js';
import { queries } from '../api/queries.js';
import type { Connection, ConnectionHealth } from '../api/types.js';
import { findEndingSecrets } from '../connections/ending-secrets.js';
import { counted, people } from '../format/counts.js';

export interface Need {
  readonly key: string;
  /** The page that settles it. */
  readonly to: '/held-changes' | '/sync-runs' | '/people' | '/connections' | '/dead-letters';
  readonly search?: { readonly status: 'inactive' };
  readonly count: number;
  readonly sentence: string;
  /** Since when the oldest of them waits. */
  readonly since: string | null;
}

interface Needs {
  readonly needs: readonly Need[];
  /** What kept a part of them from being read: then there may be more. */
  readonly error: Error | null;
}

/** What waits for a person, from every connection; empty when nothing does. */
export function useNeeds(): Needs {
  const connections = useQuery(queries.connections());
  const all = connections.data ?? [];
  // Also of those that were disconnected: who is deactivated by that may be held.
  const health = useQueries({
    queries: isOffered('get /connections/{id}/health') ? all.map(({ id }) => queries.health(id)) : [],
  });
  const held = useInfiniteQuery({ ...queries.held({}), enabled: isOffered('get /held-changes') });
  const toReview = useInfiniteQuery(queries.runs({ state: 'awaitingReview' }));
  const deadLetters = useInfiniteQuery(queries.deadLetters({}));

  const healths = health.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const reviews = toReview.data?.pages.flatMap(({ items }) => items) ?? [];
  const letters = deadLetters.data?.pages.flatMap(({ items }) => items) ?? [];
  const needs = [
    needOfHeld(
      sum(healths, ({ heldChanges }) => heldChanges),
      held.data?.pages[0]?.items[0]?.heldAt ?? null,
    ),
    {
      key: 'review',
      to: '/sync-runs' as const,
      count: reviews.length,
      sentence: `${counted(reviews.length, 'plan waits', 'plans wait')} for review`,
      since: reviews.at(-1)?.requestedAt ?? null,
    },
    needOfSecrets(all.filter(isThere)),
    {
      key: 'dead-letters',
      to: '/dead-letters' as const,
      count: letters.length,
      sentence: `${counted(letters.length, 'message')} could not be handled`,
      since: letters.at(-1)?.firstAt ?? null,
    },
    needOfActivation(healths.filter(isThere)),
  ].filter(({ count }) => count > 0);
  const unread = [connections, held, toReview, deadLetters, ...health].find(({ isError }) => isError);
  return { needs, error: unread?.error ?? null };
}

const isThere = ({ state }: Pick<Connection, 'state'>): boolean => state !== 'disconnected';

function needOfHeld(count: number, since: string | null): Need {
  return {
    key: 'held',
    to: '/held-changes',
    count,
    sentence: `${counted(count, 'change is', 'changes are')} held until you decide`,
    since,
  };
}

function needOfSecrets(connections: readonly Connection[]): Need {
  const ending = findEndingSecrets(connections, new Date());
  const [first] = ending;
  return {
    key: 'secrets',
    to: '/connections',
    count: ending.length,
    sentence: first === undefined ? '' : ending.length === 1 ? first.sentence : `${ending.length} client secrets need a look`,
    since: first?.since ?? null,
  };
}

function needOfActivation(healths: readonly ConnectionHealth[]): Need {
  const count = sum(healths, (health) => health.people.inactive);
  return {
    key: 'activate',
    to: '/people',
    search: { status: 'inactive' },
    count,
    sentence: `${people(count)} can be activated`,
    since: healths.flatMap((health) => health.people.inactiveSince ?? []).toSorted()[0] ?? null,
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
