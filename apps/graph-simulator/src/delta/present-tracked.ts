import type { DirectoryObject } from '../tenant/directory-object.js';
import { isKnownProperty } from '../tenant/property-table.js';
import type { Presented } from '../odata/select.js';
import type { RoundOptions } from './round.js';

/**
 * An object of a delta round: selected properties that were ever set (a cleared one is null), or with `return=minimal` only
 * those that changed.
 */
export function presentTracked(
  object: DirectoryObject,
  options: Pick<RoundOptions, 'select' | 'minimal'>,
  changed: ReadonlySet<string> | 'all',
): Presented {
  const presented: Presented = {};
  for (const [name, value] of Object.entries(object.attributes)) {
    if (!isKnownProperty(object.kind, name) || (options.select !== undefined && !options.select.includes(name))) continue;
    if (name === 'deletedDateTime' && value === null) continue;
    if (options.minimal && changed !== 'all' && !changed.has(name)) continue;
    presented[name] = value;
  }
  presented['id'] = object.id;
  return presented;
}

/** Soft-deleted: `changed`, it may come back. Purged: `deleted`. */
export function removedObject(object: DirectoryObject): Presented {
  return { id: object.id, '@removed': { reason: object.state === 'purged' ? 'deleted' : 'changed' } };
}
