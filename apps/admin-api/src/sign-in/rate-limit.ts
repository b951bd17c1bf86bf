/** At most `limit` in each window, per key; in memory, so per process. Enough against guessing codes of 256 bits. */
export class RateLimit {
  private windowStartedAt = 0;
  private counts = new Map<string, number>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** 0 when allowed, else the seconds to wait. */
  take(key: string, now: Date): number {
    const at = now.getTime();
    if (at - this.windowStartedAt >= this.windowMs) {
      this.windowStartedAt = at;
      this.counts = new Map();
    }
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= this.limit ? 0 : Math.ceil((this.windowStartedAt + this.windowMs - at) / 1000);
  }
}
