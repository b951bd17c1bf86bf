/** Graph counts requests per application and tenant (sheet 5.2), so waits are shared by that pair. */
export interface ThrottleScope {
  readonly tenantId: string;
  readonly clientId: string;
}

/** A reported load is forgotten after this long: below 0.8 Graph leaves the header out, so nothing would ever lower it. */
export const LOAD_LIFETIME_MS = 60_000;

/**
 * What Graph asked to wait, shared by all processes that speak for the same application and tenant.
 * Implementations promise: `block` never shortens a wait; a wait that is over reads as null; scopes do not see each other;
 * a load is null before the first report and `LOAD_LIFETIME_MS` after the last.
 */
export interface ThrottleGate {
  blockedUntil(scope: ThrottleScope): Promise<Date | null>;
  block(scope: ThrottleScope, until: Date, reason: string): Promise<void>;
  /** The newest `x-ms-throttle-limit-percentage`: 0.8 is near the limit, 1.0 is throttled. */
  load(scope: ThrottleScope): Promise<number | null>;
  reportLoad(scope: ThrottleScope, percentage: number): Promise<void>;
}
