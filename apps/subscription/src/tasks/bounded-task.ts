import { setTimeout as pause } from 'node:timers/promises';
import type { Task } from '#service-host';

/** Work in progress gets this long at shutdown; what it leaves undone, its lease gives to the next process. */
const GRACE_MS = 4_000;
/** Looks are spread by this share of the interval, so that replicas do not look in step. */
const JITTER = 0.2;

/** The same task, with an interval of its own in this process and an end in time when the process stops. */
export function boundedTask(task: Task, random: () => number = Math.random, graceMs = GRACE_MS): Task {
  return {
    name: task.name,
    channels: task.channels,
    width: task.width,
    intervalMs: task.intervalMs * (1 - JITTER / 2 + JITTER * random()),
    run: (signal) => Promise.race([task.run(signal), stopped(signal, graceMs)]),
  };
}

/** False once the process has been told to stop and the grace is over. */
async function stopped(signal: AbortSignal, graceMs: number): Promise<boolean> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await pause(graceMs, undefined, { ref: false });
  return false;
}
