import type { Clock } from '#contracts';
import type { Queryable } from '#database';
import { LOAD_LIFETIME_MS, type ThrottleGate, type ThrottleScope } from '#graph-client';

/** The throttle gate that every process reads before its next request to Graph (design: "Fairness"). */
export class PostgresThrottleGate implements ThrottleGate {
  constructor(
    private readonly db: Queryable,
    private readonly clock: Clock,
  ) {}

  async blockedUntil({ tenantId, clientId }: ThrottleScope): Promise<Date | null> {
    const [row] = await this.db.query<{ blockedUntil: Date }>(
      `SELECT blocked_until AS "blockedUntil" FROM connections.throttles
       WHERE tenant_id = $1 AND client_id = $2 AND blocked_until > $3`,
      [tenantId, clientId, this.clock()],
    );
    return row?.blockedUntil ?? null;
  }

  async block({ tenantId, clientId }: ThrottleScope, until: Date, reason: string): Promise<void> {
    await this.db.query(
      `INSERT INTO connections.throttles AS t (tenant_id, client_id, blocked_until, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, client_id) DO UPDATE SET blocked_until = EXCLUDED.blocked_until, reason = EXCLUDED.reason
       WHERE t.blocked_until IS NULL OR t.blocked_until < EXCLUDED.blocked_until`,
      [tenantId, clientId, until, reason],
    );
  }

  async load({ tenantId, clientId }: ThrottleScope): Promise<number | null> {
    const [row] = await this.db.query<{ load: number }>(
      'SELECT load FROM connections.throttles WHERE tenant_id = $1 AND client_id = $2 AND load_at > $3',
      [tenantId, clientId, new Date(this.clock().getTime() - LOAD_LIFETIME_MS)],
    );
    return row?.load ?? null;
  }

  async reportLoad({ tenantId, clientId }: ThrottleScope, percentage: number): Promise<void> {
    await this.db.query(
      `INSERT INTO connections.throttles (tenant_id, client_id, load, load_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, client_id) DO UPDATE SET load = EXCLUDED.load, load_at = EXCLUDED.load_at`,
      [tenantId, clientId, percentage, this.clock()],
    );
  }
}
