import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PORT_LINE = 3;
const DATABASE = 'rollcall';

/**
 * The address of the embedded Postgres that a process of Rollcall runs in this data folder; null where none does. Postgres itself keeps
 * its port in its lock file; a stale one leads to an address that refuses.
 */
export async function runningPostgresUrl(dataDir: string): Promise<string | null> {
  const lock = await readFile(join(dataDir, 'db', 'postmaster.pid'), 'utf8').catch(() => '');
  const password = await readFile(join(dataDir, 'postgres-password'), 'utf8').catch(() => '');
  const port = Number.parseInt(lock.split('\n')[PORT_LINE] ?? '', 10);
  if (password.trim() === '' || !Number.isInteger(port)) return null;
  return `postgres://rollcall:${password.trim()}@127.0.0.1:${port}/${DATABASE}`;
}
