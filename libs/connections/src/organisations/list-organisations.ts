import type { Queryable } from '#database';
import type { Organisation } from './organisation.js';

/** All of them, for services, which act for every organisation. */
export async function listOrganisations(db: Queryable): Promise<Organisation[]> {
  return db.query<Organisation>('SELECT id, name, time_zone AS "timeZone" FROM connections.organisations ORDER BY id');
}
