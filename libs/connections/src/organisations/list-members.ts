import type { Queryable } from '#database';
import type { Member } from './organisation.js';

/** Everybody who may sign in to an organisation, in the order in which they came. */
export async function listMembers(db: Queryable, organisationId: string): Promise<Member[]> {
  return db.query<Member>(
    `SELECT id, organisation_id AS "organisationId", display_name AS "displayName", email, role
     FROM connections.members WHERE organisation_id = $1 AND left_at IS NULL ORDER BY created_at, id`,
    [organisationId],
  );
}

/** Everybody who may sign in to an organisation, or could once: what somebody did keeps their name when they have left. */
export async function listMemberNames(db: Queryable, organisationId: string): Promise<Pick<Member, 'id' | 'displayName'>[]> {
  return db.query<Pick<Member, 'id' | 'displayName'>>(
    'SELECT id, display_name AS "displayName" FROM connections.members WHERE organisation_id = $1',
    [organisationId],
  );
}
