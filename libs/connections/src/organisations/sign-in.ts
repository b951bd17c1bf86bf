import { createHash, randomBytes } from 'node:crypto';
import type { Queryable } from '#database';
import type { Member } from './organisation.js';

const CODE_LIFETIME_MS = 10 * 60 * 1000;
const SESSION_LIFETIME_MS = 12 * 60 * 60 * 1000;

/** A one-time code for a sign-in link: 256 random bits, good for ten minutes and one use. Only its hash is stored. */
export async function createSignInCode(db: Queryable, memberId: string, now: Date): Promise<string> {
  const code = randomBytes(32).toString('base64url');
  await db.query('DELETE FROM connections.sign_in_codes WHERE expires_at <= $1', [now]);
  await db.query('INSERT INTO connections.sign_in_codes (code_hash, member_id, expires_at) VALUES ($1, $2, $3)', [
    hashOf(code),
    memberId,
    new Date(now.getTime() + CODE_LIFETIME_MS),
  ]);
  return code;
}

export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Uses the code up and opens a session; null where the code is unknown, used or too old. Two racing uses get one session. */
export async function redeemSignInCode(db: Queryable, code: string, now: Date): Promise<OpenedSession | null> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS);
  const rows = await db.query(
    `WITH used AS (DELETE FROM connections.sign_in_codes WHERE code_hash = $1 RETURNING member_id, expires_at)
     INSERT INTO connections.sessions (token_hash, member_id, created_at, expires_at)
     SELECT $2, member_id, $3, $4 FROM used WHERE expires_at > $3 RETURNING 1`,
    [hashOf(code), hashOf(token), now, expiresAt],
  );
  return rows.length === 0 ? null : { token, expiresAt };
}

/** Opens a session for a member whom the identity provider vouched for. `globalAdministratorOf`: the tenant that said so, if one did. */
export async function openSession(
  db: Queryable,
  memberId: string,
  { globalAdministratorOf, now }: { readonly globalAdministratorOf: string | null; readonly now: Date },
): Promise<OpenedSession> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS);
  await db.query(
    `INSERT INTO connections.sessions (token_hash, member_id, created_at, expires_at, global_administrator_of)
     VALUES ($1, $2, $3, $4, $5)`,
    [hashOf(token), memberId, now, expiresAt, globalAdministratorOf],
  );
  return { token, expiresAt };
}

/** Who a session belongs to. */
export interface SessionMember extends Member {
  /** The tenant in which the person was Global Administrator when the session began; null: in none, or it is not known. */
  readonly globalAdministratorOf: string | null;
}

/** The member of a session, with the role of this moment; null where the session is unknown or over, or the member has left. */
export async function findSessionMember(db: Queryable, token: string, now: Date): Promise<SessionMember | null> {
  const [member] = await db.query<SessionMember>(
    `SELECT m.id, m.organisation_id AS "organisationId", m.display_name AS "displayName", m.email, m.role,
            s.global_administrator_of AS "globalAdministratorOf"
     FROM connections.sessions s JOIN connections.members m ON m.id = s.member_id
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND m.left_at IS NULL`,
    [hashOf(token), now],
  );
  return member ?? null;
}

/** Signs out; harmless when the session is over. Also clears away sessions that ran out. */
export async function endSession(db: Queryable, token: string, now: Date): Promise<void> {
  await db.query('DELETE FROM connections.sessions WHERE token_hash = $1 OR expires_at <= $2', [hashOf(token), now]);
}

/** Forgets sessions and sign-in codes that ran out, at most `maxRows` of each; answers how many went. */
export async function trimSignIns(db: Queryable, now: Date, maxRows = 5_000): Promise<number> {
  let gone = 0;
  for (const table of ['connections.sessions', 'connections.sign_in_codes']) {
    const rows = await db.query(
      `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE expires_at <= $1 LIMIT $2) RETURNING 1`,
      [now, maxRows],
    );
    gone += rows.length;
  }
  return gone;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
