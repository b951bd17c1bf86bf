import type { Connection } from './connection.js';

/** Whether anybody at all is in scope: the whole tenant, or at least one group. */
export function watchesAnybody({ settings, watchedGroups }: Pick<Connection, 'settings' | 'watchedGroups'>): boolean {
  return settings.scope.mode === 'allUsers' || watchedGroups.length > 0;
}
