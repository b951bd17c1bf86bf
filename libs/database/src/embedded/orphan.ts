import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from '../errors.js';

const STOP_DEADLINE_MS = 8_000;

/**
 * A SIGKILL of the parent leaves its Postgres running, or a lock file of one that is gone. The orphan is stopped (fast shutdown), a
 * dead lock file is removed. The process is ours to stop only if its command line names this very folder: numbers are reused.
 */
export async function stopOrphan(databaseDir: string): Promise<void> {
  const lockFile = join(databaseDir, 'postmaster.pid');
  const pid = await postmasterPid(lockFile);
  if (pid === undefined) return;
  if (await isPostmasterOf(pid, databaseDir)) {
    signal(pid, 'SIGINT');
    if (!(await ended(pid))) signal(pid, 'SIGQUIT');
    if (!(await ended(pid)))
      throw new EmbeddedPostgresError(`another Postgres (process ${pid}) holds ${databaseDir} and does not stop`);
  }
  await rm(lockFile, { force: true });
}

async function postmasterPid(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text.split('\n', 1)[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

async function isPostmasterOf(pid: number, databaseDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined ? process.platform !== 'linux' : commandLine.includes(databaseDir);
}

async function ended(pid: number): Promise<boolean> {
  const deadline = Date.now() + STOP_DEADLINE_MS;
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true;
    await delay(25);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}
