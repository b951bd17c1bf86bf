import { execFile } from 'node:child_process';
import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from '../errors.js';

const run = promisify(execFile);

/** How a command of Postgres is started here: what stands before it, and as whom. */
export interface Launcher {
  readonly prefix: readonly string[];
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const UNSHARE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

/**
 * Postgres refuses to run as root. For a root caller, a user namespace in which root has another number is tried first: the files
 * stay root's, so a data folder below a private parent works. Where the kernel forbids that, the user `postgres` is taken (made when
 * missing) and the data folder given to it; then every parent folder must be passable for that user.
 */
export async function unprivilegedLauncher(databaseDir: string): Promise<Launcher> {
  if (process.getuid?.() !== 0) return { prefix: [], ids: {} };
  const owner = (await lstat(databaseDir)).uid;
  if (owner === 0 && (await userNamespacesWork())) return { prefix: UNSHARE, ids: {} };
  const ids = await postgresUser();
  if (owner !== ids.uid) await giveTo(databaseDir, ids);
  return { prefix: [], ids };
}

async function userNamespacesWork(): Promise<boolean> {
  const [command = '', ...args] = UNSHARE;
  return run(command, [...args, 'true'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const known = await idsOf('postgres');
  if (known !== undefined) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { timeout: 10_000 }).catch(() => undefined);
  const made = await idsOf('postgres');
  if (made === undefined) {
    throw new EmbeddedPostgresError(
      'Postgres does not run as root, and the user "postgres" could not be made; start as another user or set DATABASE_URL',
    );
  }
  return made;
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function giveTo(folder: string, ids: { uid: number; gid: number }): Promise<void> {
  await chown(folder, ids.uid, ids.gid);
  for (const entry of await readdir(folder, { recursive: true })) await chown(join(folder, entry), ids.uid, ids.gid);
}
