import { GraphError } from '../http/graph-error.js';

/** Spendings inside a sliding window, kept in slots of a tenth of it. */
class SpendingWindow {
  readonly #slots = new Map<number, number>();
  constructor(private readonly windowMs: number) {}

  add(now: number, amount: number): void {
    const slot = this.#slotOf(now);
    this.#slots.set(slot, (this.#slots.get(slot) ?? 0) + amount);
  }

  spent(now: number): number {
    const oldest = this.#slotOf(now) - 10;
    let sum = 0;
    for (const [slot, amount] of this.#slots) {
      if (slot <= oldest) this.#slots.delete(slot);
      else sum += amount;
    }
    return sum;
  }

  #slotOf(now: number): number {
    return Math.floor((now * 10) / this.windowMs);
  }
}

export interface Price {
  readonly resourceUnits: number;
  readonly isWrite: boolean;
}

const READ_WINDOW_MS = 10_000;
const WRITE_WINDOW_MS = 150_000;
const WRITE_LIMIT = 3_000;

/** The budgets of one application in one tenant (sheet 5.2). Each call counts, the refused ones too. */
export class Throttle {
  readonly #reads = new SpendingWindow(READ_WINDOW_MS);
  readonly #writes = new SpendingWindow(WRITE_WINDOW_MS);

  constructor(
    private readonly scope: string,
    private readonly readLimit: () => number,
  ) {}

  /** Spends the price and returns the headers that tell of it, or throws the 429. */
  spend(price: Price, now: number): Record<string, string> {
    this.#reads.add(now, price.resourceUnits);
    if (price.isWrite) this.#writes.add(now, 1);
    const share = this.#reads.spent(now) / this.readLimit();
    if (price.isWrite && this.#writes.spent(now) > WRITE_LIMIT) throw this.#refusal('WriteLimitExceeded', 'Write', 150);
    if (share > 1) throw this.#refusal('ResourceUnitLimitExceeded', 'ReadWrite', Math.min(10, 2 * share));
    const headers: Record<string, string> = { 'x-ms-resource-unit': String(price.resourceUnits) };
    if (share > 0.8) headers['x-ms-throttle-limit-percentage'] = share.toFixed(1);
    return headers;
  }

  #refusal(information: string, limit: string, seconds: number): GraphError {
    const headers = {
      'Retry-After': String(Number(seconds.toFixed(3))),
      'x-ms-throttle-scope': `Tenant_Application/${limit}/${this.scope}`,
      'x-ms-throttle-information': information,
    };
    return tooManyRequests(headers);
  }
}

export function tooManyRequests(headers: Record<string, string>): GraphError {
  return new GraphError(429, 'TooManyRequests', 'Please retry again later.', headers, {
    code: '429',
    message: 'Please retry after',
    status: '429',
  });
}

/** Tenants below 50 users, up to 500, and above. */
export function readLimitFor(users: number): number {
  if (users < 50) return 3_500;
  return users <= 500 ? 5_000 : 8_000;
}

/** `$select` makes a call cheaper, `$expand` dearer, a small `$top` cheaper; never below one unit. */
export function priceOf(base: number, method: string, query: ReadonlyMap<string, string>): Price {
  const top = Number(query.get('$top') ?? 100);
  const modifiers = (query.has('$select') ? -1 : 0) + (query.has('$expand') ? 1 : 0) + (top < 20 ? -1 : 0);
  return { resourceUnits: Math.max(1, base + modifiers), isWrite: method !== 'GET' };
}
