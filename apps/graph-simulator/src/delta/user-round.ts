import type { JournalEntry } from '../tenant/change.js';
import type { DirectoryView } from '../tenant/directory-view.js';
import type { Presented } from '../odata/select.js';
import { presentTracked, removedObject } from './present-tracked.js';
import type { Round, RoundOptions, RoundPage } from './round.js';

type Changed = ReadonlySet<string> | 'all';

/** Every user of the tenant at `view`. The position is a handle: nothing is held in memory for a million of them. */
export function initialUserRound(view: DirectoryView, options: RoundOptions): Round {
  return {
    page(position: number): RoundPage {
      const value: Presented[] = [];
      let last = position;
      for (const user of view.scan('user', position)) {
        if (options.ids !== undefined && !options.ids.has(user.id)) continue;
        if (value.length === options.pageSize) return { value, next: last };
        value.push(presentTracked(user, options, 'all'));
        last = user.handle;
      }
      return { value, next: null };
    },
  };
}

/** What these entries did to users; `view` is the directory right after the last of them. */
export function changedUserRound(view: DirectoryView, entries: Iterable<JournalEntry>, options: RoundOptions): Round {
  const changedUsers = collect(entries);
  const handles = [...changedUsers.keys()].filter((handle) => {
    const user = view.object(handle);
    return (
      user?.kind === 'user' &&
      isTold(changedUsers.get(handle) ?? 'all', options) &&
      (options.ids === undefined || options.ids.has(user.id))
    );
  });
  return {
    page(position: number): RoundPage {
      const end = position + options.pageSize;
      const value = handles.slice(position, end).flatMap((handle): Presented[] => {
        const user = view.object(handle);
        if (!user) return [];
        return [user.state === 'active' ? presentTracked(user, options, changedUsers.get(handle) ?? 'all') : removedObject(user)];
      });
      return { value, next: end < handles.length ? end : null };
    },
  };
}

function collect(entries: Iterable<JournalEntry>): Map<number, Changed> {
  const found = new Map<number, Changed>();
  for (const { change } of entries) {
    if (change.kind === 'created' || change.kind === 'state') found.set(change.handle, 'all');
    if (change.kind === 'populated') {
      for (let offset = 0; offset < change.population.count; offset++) found.set(change.population.firstHandle + offset, 'all');
    }
    if (change.kind !== 'updated') continue;
    const before = found.get(change.handle);
    if (before !== 'all') found.set(change.handle, new Set([...(before ?? []), ...Object.keys(change.after)]));
  }
  return found;
}

/** A change of properties that the chain did not select is none of its business. */
function isTold(changed: Changed, { select }: RoundOptions): boolean {
  return changed === 'all' || select === undefined || [...changed].some((name) => select.includes(name));
}
