import type { Queryable, Tx } from '#database';
import { writeAudit } from '../audit/audit.js';
import { AddressInUseError, AddressProvenError } from '../errors.js';
import type { Actor } from './actor.js';

/** Where mail reaches a member. */
export interface MailAddress {
  readonly email: string | null;
  /** Whether an identity provider vouches for it; else the member says so. */
  readonly isProven: boolean;
}

export async function readMailAddress(db: Queryable, organisationId: string, memberId: string): Promise<MailAddress> {
  const [row] = await db.query<MailAddress>(
    `SELECT email, issuer IS NOT NULL AS "isProven" FROM connections.members WHERE id = $1 AND organisation_id = $2`,
    [memberId, organisationId],
  );
  return row ?? { email: null, isProven: false };
}

/**
 * Sets the address of a member for whom no identity provider speaks; null: no mail. Throws `AddressProvenError` where one does, and
 * `AddressInUseError` where another member has the address.
 */
export async function setMailAddress(tx: Tx, actor: Actor, memberId: string, email: string | null): Promise<void> {
  const { organisationId } = actor;
  const before = await readMailAddress(tx, organisationId, memberId);
  if (before.isProven) throw new AddressProvenError();
  if (before.email === email) return;
  const rows = await tx.query(
    `UPDATE connections.members SET email = $3 WHERE id = $1 AND organisation_id = $2 AND NOT EXISTS (
       SELECT 1 FROM connections.members WHERE organisation_id = $2 AND id <> $1 AND lower(email) = lower($3::text))
     RETURNING id`,
    [memberId, organisationId, email],
  );
  if (rows.length === 0) throw new AddressInUseError();
  await writeAudit(tx, actor, {
    action: 'member.changeAddress',
    connectionId: null,
    before: { memberId, email: before.email },
    after: { memberId, email },
  });
}
