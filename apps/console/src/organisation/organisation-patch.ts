import type { Organisation } from '../api/types.js';

const EDITED = ['name', 'timeZone', 'supportContact', 'fourEyesOnRemovals', 'connectAsGlobalAdministrator'] as const;

/** What was changed, and only that: a policy that somebody else switched meanwhile stays as it is. Pure. */
export function organisationPatch(base: Organisation, edited: Organisation): Partial<Organisation> {
  return Object.fromEntries(EDITED.filter((name) => base[name] !== edited[name]).map((name) => [name, edited[name]]));
}
