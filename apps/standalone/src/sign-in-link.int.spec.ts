import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectionsMigrations,
  ensureFirstOrganisation,
  findSessionMember,
  FIRST_MEMBER_ID,
  redeemSignInCode,
} from '#connections';
import { Database, migrate } from '#database';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded';
import { signInLink } from './sign-in-link.js';

const now = new Date('2026-05-01T12:00:00Z');
let dataDir: string;
let postgres: EmbeddedPostgres;
let db: Database;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-link-'));
  postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  db = await Database.connect({ url: postgres.url, applicationName: 'test' });
  await migrate(postgres.url, [connectionsMigrations]);
  await ensureFirstOrganisation(db);
});
afterAll(async () => {
  await db.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function memberOf(link: string): Promise<string | undefined> {
  const session = await redeemSignInCode(db, new URL(link).searchParams.get('code') ?? '', now);
  return session === null ? undefined : (await findSessionMember(db, session.token, now))?.id;
}

describe('the printed sign-in link', () => {
  it('signs the bootstrap super admin in once, at the address of the running standalone', async () => {
    await writeFile(join(dataDir, 'address'), 'http://127.0.0.1:4321\n');
    const link = await signInLink({ ROLLCALL_DATA_DIR: dataDir }, now);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4321\/sign-in\?code=/);
    expect([await memberOf(link), await memberOf(link)]).toEqual([FIRST_MEMBER_ID, undefined]);
  });

  it('is made for services by their database, at the address that is named', async () => {
    const link = await signInLink({ DATABASE_URL: postgres.url, CONSOLE_URL: 'https://rollcall.example' }, now);
    expect(link).toMatch(/^https:\/\/rollcall\.example\/sign-in\?code=/);
    expect(await memberOf(link)).toBe(FIRST_MEMBER_ID);
  });

  it('says in one line where nothing runs', async () => {
    await expect(signInLink({ ROLLCALL_DATA_DIR: join(dataDir, 'nowhere') }, now)).rejects.toThrow(
      /no Rollcall runs with the data folder/,
    );
    await expect(signInLink({ DATABASE_URL: 'postgres://rollcall@127.0.0.1:1/rollcall' }, now)).rejects.toThrow(
      /behind DATABASE_URL/,
    );
  });
});
