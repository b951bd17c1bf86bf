import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSignInCode, FIRST_MEMBER_ID } from '#connections';
import { Database, isDatabaseAway } from '#database';
import { runningPostgresUrl } from '#database/embedded';
import { standaloneConfig, type StandaloneConfig } from './config.js';

/** No Rollcall runs where the environment points; one line that says where it was looked for. */
export class NotRunningError extends Error {
  readonly code = 'NOT_RUNNING';
  readonly retry = 'never' as const;
}

/** The file of the data folder that tells where the standalone answers. */
export const ADDRESS_FILE = 'address';

/**
 * A link that signs the bootstrap super admin in once, within ten minutes: for the standalone of a data folder, or with DATABASE_URL
 * for services. Whoever may read the data folder, or has the database, is an administrator already.
 */
export async function signInLink(environment: Readonly<Record<string, string | undefined>>, now: Date): Promise<string> {
  const config = standaloneConfig(environment);
  const url = config.DATABASE_URL ?? (await runningPostgresUrl(config.dataDir));
  if (url === null) throw notRunning(config);
  const db = await Database.connect({ url, applicationName: 'rollcall-signin-link', maxConnections: 1 }).catch(
    (error: unknown) => {
      throw isDatabaseAway(error) ? notRunning(config, error) : error;
    },
  );
  try {
    return `${await addressOf(config)}/sign-in?code=${await createSignInCode(db, FIRST_MEMBER_ID, now)}`;
  } finally {
    await db.close();
  }
}

async function addressOf({ CONSOLE_URL, PUBLIC_URL, HTTP_PORT, dataDir, DATABASE_URL }: StandaloneConfig): Promise<string> {
  const named = CONSOLE_URL ?? PUBLIC_URL;
  if (named !== undefined) return named;
  const kept = DATABASE_URL === undefined ? await readFile(join(dataDir, ADDRESS_FILE), 'utf8').catch(() => '') : '';
  return kept.trim() === '' ? `http://127.0.0.1:${HTTP_PORT}` : kept.trim();
}

function notRunning({ DATABASE_URL, dataDir }: StandaloneConfig, cause?: unknown): NotRunningError {
  const place = DATABASE_URL === undefined ? `with the data folder ${dataDir}` : 'behind DATABASE_URL';
  return new NotRunningError(`no Rollcall runs ${place}: start it, or set ROLLCALL_DATA_DIR or DATABASE_URL`, { cause });
}
