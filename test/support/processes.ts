import { readdir, readFile } from 'node:fs/promises';

/** Command lines of the running processes that name this text, such as a data folder. Where there is no /proc, none are seen. */
export async function processesNaming(text: string): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.map((line) => line.replaceAll('\0', ' ').trim()).filter((line) => line.includes(text));
}
