const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** The wait after the n-th refusal in a row that named none: 1, 2, 4 … 60 s with jitter, never under a second (Graph sheet 5.1). */
export function backoffMs(refusalsInARow: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(refusalsInARow, 16));
  return Math.round(FIRST_MS + random() * (ceiling - FIRST_MS));
}

/** Counts a connection's refusals in a row. */
export class Backoff {
  private refusals = 0;

  constructor(private readonly random: () => number) {}

  nextMs(): number {
    this.refusals += 1;
    return backoffMs(this.refusals, this.random);
  }

  reset(): void {
    this.refusals = 0;
  }
}
