import { systemClock, type Clock } from '#contracts';
import { LOAD_LIFETIME_MS, type ThrottleGate, type ThrottleScope } from '../src/throttling/throttle-gate.js';

interface Entry {
  blockedUntil: Date | null;
  load: { percentage: number; reportedAt: Date } | null;
}

/** A ThrottleGate for one process; the contract suite holds it to the same promises as the one on Postgres. */
export class InMemoryThrottleGate implements ThrottleGate {
  private readonly entries = new Map<string, Entry>();
  /** Why each wait was written, for assertions. */
  readonly reasons: string[] = [];

  constructor(private readonly clock: Clock = systemClock) {}

  async blockedUntil(scope: ThrottleScope): Promise<Date | null> {
    const until = this.entry(scope).blockedUntil;
    return until !== null && until > this.clock() ? until : null;
  }

  async block(scope: ThrottleScope, until: Date, reason: string): Promise<void> {
    const entry = this.entry(scope);
    if (entry.blockedUntil === null || entry.blockedUntil < until) entry.blockedUntil = until;
    this.reasons.push(reason);
  }

  async load(scope: ThrottleScope): Promise<number | null> {
    const { load } = this.entry(scope);
    if (load === null || this.clock().getTime() - load.reportedAt.getTime() >= LOAD_LIFETIME_MS) return null;
    return load.percentage;
  }

  async reportLoad(scope: ThrottleScope, percentage: number): Promise<void> {
    this.entry(scope).load = { percentage, reportedAt: this.clock() };
  }

  private entry(scope: ThrottleScope): Entry {
    const key = `${scope.tenantId} ${scope.clientId}`;
    const entry = this.entries.get(key) ?? { blockedUntil: null, load: null };
    this.entries.set(key, entry);
    return entry;
  }
}
