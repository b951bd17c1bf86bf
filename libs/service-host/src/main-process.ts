import { ConfigError } from './config.js';

/** Everything after SIGTERM has to be over by then (design section 5: 10 s). */
const SHUTDOWN_DEADLINE_MS = 9_000;

/**
 * Runs a process to its end: prints one line and exits with 1 where the start fails for a reason that a person can mend; stops in
 * order on SIGTERM and SIGINT, and hard at the deadline.
 */
export async function mainProcess(start: (stopping: AbortSignal) => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const stopping = new AbortController();
  const running = Promise.resolve(stopping.signal).then(start);
  const stop = () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS).unref();
    void running.then(
      (service) =>
        service.stop().then(
          () => process.exit(0),
          () => process.exit(1),
        ),
      () => process.exit(0),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    await running;
  } catch (error) {
    if (stopping.signal.aborted) return;
    process.stderr.write(`${oneLine(error)}\n`);
    process.exit(1);
  }
}

function oneLine(error: unknown): string {
  if (error instanceof ConfigError) return `Rollcall cannot start: ${error.message}`;
  const message = error instanceof Error ? error.message : String(error);
  return `Rollcall cannot start: ${message.split('\n', 1)[0] ?? message}`;
}
