import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The data folder cannot be used; the message is one line that names it and the reason. */
export class DataFolderError extends Error {
  readonly code = 'DATA_FOLDER_UNUSABLE';
  readonly retry = 'never' as const;
}

/** The folder for all that the standalone keeps. One process at a time; a lock left by SIGKILL does not count. */
export class DataFolder {
  private constructor(readonly path: string) {}

  static async open(path: string): Promise<DataFolder> {
    try {
      await makeFolder(path);
      await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
      const folder = new DataFolder(path);
      await folder.lock();
      return folder;
    } catch (cause) {
      if (cause instanceof DataFolderError) throw cause;
      throw new DataFolderError(
        `the data folder ${path} cannot be used (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}); set ROLLCALL_DATA_DIR to another one`,
        { cause },
      );
    }
  }

  /** A secret that is made once and kept for its owner only. `make` answers the text to keep. */
  async keptSecret(name: string, make: () => string): Promise<string> {
    const file = join(this.path, name);
    const known = await readFile(file, 'utf8').catch(() => '');
    if (known.trim() !== '') return known.trim();
    const secret = make();
    await this.write(name, `${secret}\n`, 0o600);
    return secret;
  }

  /** Replaces a file as a whole: a reader sees the old content or the new one. */
  async write(name: string, content: string, mode = 0o644): Promise<void> {
    const temporary = join(this.path, `.${name}.${randomBytes(4).toString('hex')}`);
    await writeFile(temporary, content, { mode });
    await rename(temporary, join(this.path, name));
  }

  async release(): Promise<void> {
    await rm(this.lockFile, { force: true });
  }

  private get lockFile(): string {
    return join(this.path, 'rollcall.lock');
  }

  private async lock(): Promise<void> {
    const holder = await readFile(this.lockFile, 'utf8').catch(() => '');
    const [pid = '', startedAt = ''] = holder.trim().split(' ');
    if (pid !== '' && Number(pid) !== process.pid && (await processStart(Number(pid))) === startedAt) {
      throw new DataFolderError(`the data folder ${this.path} is in use by process ${pid}; set ROLLCALL_DATA_DIR to another one`);
    }
    await this.write('rollcall.lock', `${process.pid} ${await processStart(process.pid)}\n`);
  }
}

/**
 * With its parents. Not by `recursive`: below a folder that takes no entries, such as `/proc`, Node would try for ever. Throws what the
 * system says.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (await isFolder(path)) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || (await isFolder(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/**
 * When a process was started, as the kernel counts it; numbers of processes are reused, this pair is not. Empty where the process is
 * gone. Where there is no /proc, a living process counts as started "unknown".
 */
async function processStart(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (line !== undefined) return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  if (process.platform === 'linux') return '';
  try {
    process.kill(pid, 0);
    return 'unknown';
  } catch {
    return '';
  }
}
