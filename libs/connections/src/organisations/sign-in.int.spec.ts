import { describe, expect, it } from 'vitest';
import {
  connectionsMigrations,
  createSignInCode,
  endSession,
  ensureFirstOrganisation,
  findMember,
  findSessionMember,
  FIRST_MEMBER_ID,
  redeemSignInCode,
} from '#connections';
import { makeOrganisation } from '#connections/testing';
import { withDatabase } from '#database/testing';

const database = withDatabase([connectionsMigrations]);
const now = new Date('2026-05-01T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('signing in by a one-time code', () => {
  it('opens one session, whoever comes first', async () => {
    const actor = await makeOrganisation(database.db, 'viewer');
    const code = await createSignInCode(database.db, actor.id, now);
    const sessions = await Promise.all([redeemSignInCode(database.db, code, now), redeemSignInCode(database.db, code, now)]);
    const [session] = sessions.filter((opened) => opened !== null);
    expect(sessions.filter((opened) => opened === null)).toHaveLength(1);
    expect(await findSessionMember(database.db, session!.token, now)).toMatchObject({
      id: actor.id,
      role: 'viewer',
      organisationId: actor.organisationId,
    });
  });

  it('ends: the code after ten minutes, the session after twelve hours or by signing out', async () => {
    const actor = await makeOrganisation(database.db);
    const stale = await createSignInCode(database.db, actor.id, now);
    expect(await redeemSignInCode(database.db, stale, later(10))).toBeNull();
    expect(await redeemSignInCode(database.db, 'no-code', now)).toBeNull();
    const session = await redeemSignInCode(database.db, await createSignInCode(database.db, actor.id, now), now);
    expect(await findSessionMember(database.db, session!.token, later(12 * 60))).toBeNull();
    await endSession(database.db, session!.token, now);
    expect(await findSessionMember(database.db, session!.token, now)).toBeNull();
  });

  it('keeps neither code nor session token in the database', async () => {
    const actor = await makeOrganisation(database.db);
    const code = await createSignInCode(database.db, actor.id, now);
    const session = await redeemSignInCode(database.db, await createSignInCode(database.db, actor.id, now), now);
    const [dump] = await database.db.query<{ text: string }>(
      `SELECT (SELECT json_agg(c) FROM connections.sign_in_codes c)::text || (SELECT json_agg(s) FROM connections.sessions s)::text AS text`,
    );
    for (const secret of [code, session!.token]) {
      expect(dump!.text).not.toContain(secret);
      expect(dump!.text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('has a first member, made once by however many processes boot', async () => {
    await Promise.all([1, 2, 3].map(() => ensureFirstOrganisation(database.db)));
    expect(await findMember(database.db, FIRST_MEMBER_ID)).toMatchObject({ role: 'superAdmin' });
  });
});
