import type { Task } from '#service-host';

/** Work in progress gets this long at shutdown; what it leaves undone, its lease gives to the next process. */
const GRACE_MS = 4_000;
/** Looks are spread by this share of the interval, so that replicas do not look in step. */
const JITTER = 0.2;

/** The same task, with an interval of its own in this process and an end in time when the process stops. */
export function boundedTask(task: Task, random: () => number, graceMs = GRACE_MS): Task {
  return {
    name: task.name,
    channels: task.channels,
    width: task.width,
    intervalMs: task.intervalMs * (1 - JITTER / 2 + JITTER * random()),
    run: (signal) => untilStopped(task.run(signal), signal, graceMs),
  };
}

/** The work's answer, or false once the process was told to stop and the grace is over. The signal outlives each look. */
async function untilStopped(work: Promise<boolean>, signal: AbortSignal, graceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const stopped = new Promise<boolean>((resolve) => {
    onAbort = () => {
      timer = setTimeout(() => resolve(false), graceMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  }
}
