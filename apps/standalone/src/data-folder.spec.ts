import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolder } from './data-folder.js';

describe('DataFolder', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'rollcall-folder-'));
  });

  afterEach(async () => {
    await rm(parent, { recursive: true, force: true });
  });

  it('makes a secret once and keeps it for its owner only (invariant 10)', async () => {
    const folder = await DataFolder.open(join(parent, 'data'));
    expect(await folder.keptSecret('admin-token', () => 'first')).toBe('first');
    expect(await folder.keptSecret('admin-token', () => 'second')).toBe('first');
    expect((await stat(join(parent, 'data', 'admin-token'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a folder that a living process holds, in one line that names both', async () => {
    const holder = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      const path = join(parent, 'data');
      await (await DataFolder.open(path)).release();
      const text = await readFile(`/proc/${holder.pid}/stat`, 'utf8');
      const startedAt = text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
      await writeFile(join(path, 'rollcall.lock'), `${holder.pid} ${startedAt}\n`);
      await expect(DataFolder.open(path)).rejects.toThrow(`the data folder ${path} is in use by process ${holder.pid}`);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('takes over a lock that a killed process left, also where its number was given to another', async () => {
    const path = join(parent, 'data');
    await DataFolder.open(path);
    await writeFile(join(path, 'rollcall.lock'), '1 999999999\n');
    await expect(DataFolder.open(path)).resolves.toBeInstanceOf(DataFolder);
  });

  it('says in one line that a path is not usable', async () => {
    await writeFile(join(parent, 'file'), '');
    await expect(DataFolder.open(join(parent, 'file'))).rejects.toThrow(/the data folder .*file cannot be used \(EEXIST\)/);
    await expect(DataFolder.open(join(parent, 'file', 'below'))).rejects.toThrow(/below cannot be used \(ENOTDIR\)/);
  });

  it.runIf(process.platform === 'linux')(
    'says so also of a folder below one that takes no entries, and of that one',
    async () => {
      for (const path of ['/proc/none', '/proc/none/below', '/proc'])
        await expect(DataFolder.open(path)).rejects.toThrow(`the data folder ${path} cannot be used`);
    },
  );

  it('makes the folders above as well, for their owner only', async () => {
    await DataFolder.open(join(parent, 'a', 'b', 'data'));
    expect((await stat(join(parent, 'a', 'b'))).mode & 0o777).toBe(0o700);
  });
});
