import { readFile } from 'node:fs/promises';

/** The most resident memory that a living process ever had, in MiB; null where the system has no /proc. */
export async function peakMemoryMiB(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Math.round(Number(kib) / 1_024);
}
