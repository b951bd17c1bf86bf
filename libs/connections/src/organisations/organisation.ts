import { onlyRow, type Queryable } from '#database';
import type { Role } from './roles.js';

/** The organisation and member that every installation starts with: fixed ids, so that replicas booting at once make one. */
export const FIRST_ORGANISATION_ID = '00000000-0000-4000-8000-000000000001';
export const FIRST_MEMBER_ID = '00000000-0000-4000-8000-000000000002';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Whom people ask when something fails: a mail address, a page or a text; null where nobody is named. */
  readonly supportContact: string | null;
}

export interface Member {
  readonly id: string;
  readonly organisationId: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly role: Role;
}

/** Makes the first organisation with its bootstrap super admin; harmless when they are there. */
export async function ensureFirstOrganisation(db: Queryable): Promise<void> {
  await db.query(`INSERT INTO connections.organisations (id, name) VALUES ($1, 'My organisation') ON CONFLICT (id) DO NOTHING`, [
    FIRST_ORGANISATION_ID,
  ]);
  await db.query(
    `INSERT INTO connections.members (id, organisation_id, display_name, role) VALUES ($1, $2, 'Administrator', 'superAdmin')
     ON CONFLICT (id) DO NOTHING`,
    [FIRST_MEMBER_ID, FIRST_ORGANISATION_ID],
  );
}

export async function findOrganisation(db: Queryable, organisationId: string): Promise<Organisation | null> {
  const [row] = await db.query<Organisation>(
    'SELECT id, name, time_zone AS "timeZone", support_contact AS "supportContact" FROM connections.organisations WHERE id = $1',
    [organisationId],
  );
  return row ?? null;
}

export async function findMember(db: Queryable, memberId: string): Promise<Member | null> {
  const [row] = await db.query<Member>(
    `SELECT id, organisation_id AS "organisationId", display_name AS "displayName", email, role
     FROM connections.members WHERE id = $1`,
    [memberId],
  );
  return row ?? null;
}

/** The role of a member changes with the next request: sessions hold the member, not the role. */
export async function addMember(db: Queryable, member: Omit<Member, 'id'>): Promise<string> {
  const { id } = onlyRow(
    await db.query<{ id: string }>(
      `INSERT INTO connections.members (organisation_id, display_name, email, role) VALUES ($1, $2, $3, $4) RETURNING id`,
      [member.organisationId, member.displayName, member.email, member.role],
    ),
  );
  return id;
}
