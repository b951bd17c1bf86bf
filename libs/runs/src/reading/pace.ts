import type { Clock } from '#contracts';

/** How much the measure of the pages before still weighs when a page is there: what came ten pages ago hardly counts. */
export const FADING = 0.8;

/**
 * Times the pages of one attempt at a run. The first page only starts the clock: a token and a lease were waited for before it, and
 * after a restart the time in which nobody read.
 */
export class Pace {
  private lastAt: Date | null = null;

  constructor(private readonly clock: Clock) {}

  /** Seconds since the page before; null for the first. */
  lap(): number | null {
    const now = this.clock();
    const seconds = this.lastAt === null ? null : (now.getTime() - this.lastAt.getTime()) / 1_000;
    this.lastAt = now;
    return seconds;
  }
}
