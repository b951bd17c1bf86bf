import { findOrganisation } from '#connections';
import type { Queryable } from '#database';
import { readPreferences } from './preferences.js';

/** In which zone instants are set for a member: the one that they chose, else the organisation's, which holds on shared channels too. */
export async function readersZone(db: Queryable, organisationId: string, memberId: string | null): Promise<string> {
  const chosen = memberId === null ? null : (await readPreferences(db, organisationId, [memberId])).get(memberId)?.zone;
  return chosen ?? (await findOrganisation(db, organisationId))?.timeZone ?? 'UTC';
}
