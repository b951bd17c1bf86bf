import type { Connection, ConnectionHealth, DeadLetter, SyncRun } from '../api/types.js';
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

/** What is known of everything that may wait for a person. */
export interface Waiting {
  readonly connections: readonly Connection[];
  readonly healths: readonly Pick<ConnectionHealth, 'state' | 'heldChanges' | 'people'>[];
  readonly oldestHeldAt: string | null;
  /** The newest first, as the two below. */
  readonly reviews: readonly Pick<SyncRun, 'requestedAt'>[];
  readonly letters: readonly Pick<DeadLetter, 'firstAt'>[];
}

/** What waits for a person, the most urgent first; empty when nothing does. Pure. */
export function needsOf({ connections, healths, oldestHeldAt, reviews, letters }: Waiting, now: Date): Need[] {
  const needs: Need[] = [
    needOfHeld(
      // Also of connections that were disconnected: who is deactivated by that may be held.
      sum(healths, ({ heldChanges }) => heldChanges),
      oldestHeldAt,
    ),
    {
      key: 'review',
      to: '/sync-runs',
      count: reviews.length,
      sentence: `${counted(reviews.length, 'plan waits', 'plans wait')} for review`,
      since: reviews.at(-1)?.requestedAt ?? null,
    },
    needOfSecrets(connections.filter(isThere), now),
    {
      key: 'dead-letters',
      to: '/dead-letters',
      count: letters.length,
      sentence: `${counted(letters.length, 'message')} could not be handled`,
      since: letters.at(-1)?.firstAt ?? null,
    },
    needOfActivation(healths.filter(isThere)),
  ];
  return needs.filter(({ count }) => count > 0);
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

function needOfSecrets(connections: readonly Connection[], now: Date): Need {
  const ending = findEndingSecrets(connections, now);
  const [first] = ending;
  return {
    key: 'secrets',
    to: '/connections',
    count: ending.length,
    sentence: first === undefined ? '' : ending.length === 1 ? first.sentence : `${ending.length} client secrets need a look`,
    since: first?.since ?? null,
  };
}

function needOfActivation(healths: readonly Pick<ConnectionHealth, 'people'>[]): Need {
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
