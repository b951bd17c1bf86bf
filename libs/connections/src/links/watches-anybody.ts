import type { Connection } from './connection.js';

/** Whether anybody at all is in scope: the whole tenant, or at least one group. */
export function watchesAnybody({ settings }: Pick<Connection, 'settings'>): boolean {
  return settings.scope.mode === 'allUsers' || settings.scope.groups.length > 0;
}
