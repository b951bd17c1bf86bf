import { onlyRow, type Tx } from '#database';
import { writeAudit } from '../audit/audit.js';
import { systemActor } from './actor.js';
import type { Member } from './organisation.js';
import type { Role } from './roles.js';

/** Somebody whom the organisation's identity provider vouches for. Issuer and subject together never mean anybody else. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly displayName: string;
  readonly email: string | null;
}

interface KnownMember {
  readonly id: string;
  readonly role: Role;
  readonly hasLeft: boolean;
}

/**
 * Makes the member, or brings name, address and role up to what the token says. Without a role there is no member: one who was there
 * has left, with all sessions, and null is the answer. What changes is audited; a repetition changes nothing.
 */
export async function admitMember(
  tx: Tx,
  organisationId: string,
  identity: ProvenIdentity,
  role: Role | null,
): Promise<Member | null> {
  const [known] = await tx.query<KnownMember>(
    `SELECT id, role, left_at IS NOT NULL AS "hasLeft" FROM connections.members
      WHERE organisation_id = $1 AND issuer = $2 AND subject = $3 FOR UPDATE`,
    [organisationId, identity.issuer, identity.subject],
  );
  const before = known === undefined || known.hasLeft ? null : known;
  if (role === null) {
    if (before !== null) await dismiss(tx, organisationId, before, identity);
    return null;
  }
  await freeAddress(tx, organisationId, identity);
  const member = onlyRow(
    await tx.query<Member>(UPSERT, [
      organisationId,
      identity.issuer,
      identity.subject,
      identity.displayName,
      identity.email,
      role,
    ]),
  );
  if (before?.role !== role) await auditRole(tx, organisationId, member.id, identity, before?.role ?? null, role);
  return member;
}

async function dismiss(tx: Tx, organisationId: string, member: KnownMember, identity: ProvenIdentity): Promise<void> {
  await tx.query('UPDATE connections.members SET left_at = now(), email = NULL WHERE id = $1', [member.id]);
  await tx.query('DELETE FROM connections.sessions WHERE member_id = $1', [member.id]);
  await auditRole(tx, organisationId, member.id, identity, member.role, null);
}

/** An address that went over to somebody else in the directory goes over here too: the newest proof of it counts. */
async function freeAddress(tx: Tx, organisationId: string, { issuer, subject, email }: ProvenIdentity): Promise<void> {
  await tx.query(
    `UPDATE connections.members SET email = NULL
      WHERE organisation_id = $1 AND lower(email) = lower($4::text) AND (issuer, subject) IS DISTINCT FROM ($2, $3)`,
    [organisationId, issuer, subject, email],
  );
}

async function auditRole(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { displayName }: ProvenIdentity,
  before: Role | null,
  after: Role | null,
): Promise<void> {
  const action = before === null ? 'member.join' : after === null ? 'member.leave' : 'member.changeRole';
  const show = (role: Role | null) => (role === null ? null : { memberId, displayName, role });
  await writeAudit(tx, systemActor('sign-in', organisationId), {
    action,
    connectionId: null,
    before: show(before),
    after: show(after),
  });
}

const UPSERT = `
  INSERT INTO connections.members (organisation_id, issuer, subject, display_name, email, role) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (organisation_id, issuer, subject) DO UPDATE
    SET display_name = excluded.display_name, email = excluded.email, role = excluded.role, left_at = NULL
  RETURNING id, organisation_id AS "organisationId", display_name AS "displayName", email, role`;
