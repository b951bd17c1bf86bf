import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/**
 * Repeats `check` until it stops throwing, and answers what it answered; throws its last error past the deadline.
 * The default waits for what must come, on whatever machine; a check that is about time names its own deadline.
 */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  { deadlineMs = 30_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Result> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await delay(everyMs);
    }
  }
}
