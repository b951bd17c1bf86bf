import { ThrottledError } from '../errors/graph-errors.js';

const LONGEST_QUEUE = 256;
const TRY_AGAIN_MS = 1_000;

interface Waiter {
  readonly low: boolean;
  admit(): void;
}

/** The places of one connection for requests in flight. Who waits too long, or finds too many waiting, is told to come back. */
export class RequestSlots {
  private free: number;
  private readonly waiting: Waiter[] = [];

  constructor(
    slots: number,
    private readonly queueMs: number,
  ) {
    this.free = slots;
  }

  /** Runs the work in a place of its own. Throws ThrottledError before the work began; rethrows what the work throws. */
  async run<Result>(
    operation: string,
    low: boolean,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.acquire(operation, low, signal);
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(operation: string, low: boolean, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    if (this.waiting.length >= LONGEST_QUEUE) throw tooBusy(operation);
    await new Promise<void>((resolve, reject) => {
      const leave = (reason: Error) => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        settle();
        reject(reason);
      };
      const onAbort = () => leave(signal?.reason as Error);
      const timer = setTimeout(() => leave(tooBusy(operation)), this.queueMs);
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        low,
        admit: () => {
          settle();
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(waiter);
    });
  }

  private release(): void {
    const urgent = this.waiting.findIndex((waiter) => !waiter.low);
    const [next] = this.waiting.splice(Math.max(urgent, 0), 1);
    if (next === undefined) this.free += 1;
    else next.admit();
  }
}

function tooBusy(operation: string): ThrottledError {
  return new ThrottledError('All places of this connection for requests to Graph are taken.', { operation }, TRY_AGAIN_MS);
}
