interface Timer {
  readonly id: number;
  readonly dueAt: number;
  readonly run: () => void;
}

/** Node cuts longer delays to 1 ms; a far timer is simply looked at again. */
const LONGEST_WAIT_MS = 60_000;

/**
 * The tenant's time: the host's clock plus an offset that can be moved forward. Timers are set in simulated time, so moving
 * the clock makes everything due that would have become due meanwhile, in order.
 */
export class SimulatedClock {
  readonly #host: () => Date;
  readonly #timers = new Map<number, Timer>();
  #offsetMs: number;
  #nextId = 1;
  #wake: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(host: () => Date, offsetMs = 0) {
    this.#host = host;
    this.#offsetMs = offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.#host().getTime() + this.#offsetMs;
  }

  /** Milliseconds to go forward. A clock that went back would contradict the history already written. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock moves forward only, not by ${ms} ms.`);
    this.#offsetMs += ms;
    this.#runDue();
  }

  /** Runs once at the simulated instant; returns how to take it back. */
  at(instant: number, run: () => void): () => void {
    const timer: Timer = { id: this.#nextId++, dueAt: instant, run };
    this.#timers.set(timer.id, timer);
    this.#arm();
    return () => this.#timers.delete(timer.id);
  }

  after(ms: number, run: () => void): () => void {
    return this.at(this.now() + ms, run);
  }

  /** Nothing runs after this, whoever still asks for it. */
  stop(): void {
    this.#isStopped = true;
    this.#timers.clear();
    clearTimeout(this.#wake);
  }

  #runDue(): void {
    const due = [...this.#timers.values()].filter((timer) => timer.dueAt <= this.now());
    for (const timer of due.sort((left, right) => left.dueAt - right.dueAt || left.id - right.id)) {
      if (this.#timers.delete(timer.id)) timer.run();
    }
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#wake);
    let next = Infinity;
    for (const timer of this.#timers.values()) next = Math.min(next, timer.dueAt);
    if (next === Infinity || this.#isStopped) return;
    const waitMs = Math.min(Math.max(next - this.now(), 0), LONGEST_WAIT_MS);
    this.#wake = setTimeout(() => this.#runDue(), waitMs);
    this.#wake.unref();
  }
}
