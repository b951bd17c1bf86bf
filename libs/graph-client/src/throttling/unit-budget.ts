import type { Clock } from '#contracts';

/** The read limit of the smallest size of tenant, whose size we do not know (Graph sheet 5.2). */
const UNITS_PER_WINDOW = 3_500;
const WINDOW_MS = 10_000;

/** A token bucket of half of the tenant's budget: all that reads with low priority may use (design, "Fairness"). */
export class UnitBudget {
  private readonly capacity = UNITS_PER_WINDOW / 2;
  private units = this.capacity;
  private filledAt: number;

  constructor(private readonly clock: Clock) {
    this.filledAt = clock().getTime();
  }

  /** Takes the units and answers 0, or takes nothing and answers after how many milliseconds there will be enough. */
  take(cost: number): number {
    const now = this.clock().getTime();
    const unitsPerMs = this.capacity / WINDOW_MS;
    this.units = Math.min(this.capacity, this.units + Math.max(0, now - this.filledAt) * unitsPerMs);
    this.filledAt = now;
    if (this.units >= cost) {
      this.units -= cost;
      return 0;
    }
    return Math.ceil((cost - this.units) / unitsPerMs);
  }
}
