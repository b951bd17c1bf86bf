import type { Clock } from '#contracts';

/** A page of an attempt. */
export interface Lap {
  /** Since the page before. */
  readonly seconds: number;
  /** How much what was measured before still weighs: about the last sixth of the pages counts, two at least. */
  readonly fading: number;
}

const LEAST_FADING = 0.5;
/** One of so many parts of the pages counts. */
const PARTS = 6;

/**
 * Times the pages of one attempt at a run. The first page only starts the clock: a token and a lease were waited for before it, and
 * after a restart the time in which nobody read. Those of a process that has just started are slower than all that follow, so they
 * fade out soon; later a single slow page is no matter.
 */
export class Pace {
  private lastAt: Date | null = null;
  private laps = 0;

  constructor(private readonly clock: Clock) {}

  /** Null for the first page. */
  lap(): Lap | null {
    const now = this.clock();
    const { lastAt } = this;
    this.lastAt = now;
    if (lastAt === null) return null;
    this.laps += 1;
    const seconds = (now.getTime() - lastAt.getTime()) / 1_000;
    return { seconds, fading: Math.max(LEAST_FADING, 1 - PARTS / this.laps) };
  }
}
