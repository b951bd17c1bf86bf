import type { Queryable } from '#database';

export interface SuperAdmin {
  readonly id: string;
  readonly organisationId: string;
  readonly displayName: string;
  readonly email: string | null;
  /** Of the organisation. */
  readonly timeZone: string;
}

/** Of all organisations, for services, which act for every one. */
export async function listSuperAdmins(db: Queryable): Promise<SuperAdmin[]> {
  return db.query<SuperAdmin>(
    `SELECT m.id, m.organisation_id AS "organisationId", m.display_name AS "displayName", m.email, o.time_zone AS "timeZone"
     FROM connections.members m JOIN connections.organisations o ON o.id = m.organisation_id
     WHERE m.role = 'superAdmin' AND m.left_at IS NULL ORDER BY o.id, m.created_at, m.id`,
  );
}
