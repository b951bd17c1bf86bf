import type { Queryable } from '#database';

export interface ShardLease {
  readonly shard: number;
  readonly token: number;
  /** By this process's own monotonic clock; taken before the lease was asked for, so it ends earlier than the database's. */
  readonly validUntilMs: number;
}

export const LEASE_MS = 15_000;

/** Who relays which shard. All times are the database's; the token rises with each new holder. */
export class ShardLeases {
  constructor(
    private readonly db: Queryable,
    private readonly owner: string,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /** Takes every shard that nobody holds, or whose holder has gone silent. */
  async claimFree(): Promise<ShardLease[]> {
    const validUntilMs = this.monotonicMs() + LEASE_MS;
    const rows = await this.db.query<{ shard: number; token: number }>(
      `UPDATE messaging.outbox_shards
          SET lease_owner = $1, lease_token = lease_token + 1, lease_until = now() + $2 * interval '1 millisecond'
        WHERE shard IN (SELECT shard FROM messaging.outbox_shards
                         WHERE lease_until IS NULL OR lease_until < now() ORDER BY shard FOR UPDATE SKIP LOCKED)
       RETURNING shard, lease_token AS token`,
      [this.owner, LEASE_MS],
    );
    return rows.map((row) => ({ ...row, validUntilMs }));
  }

  /** Those of the given leases that are still held, prolonged. */
  async renew(leases: readonly ShardLease[]): Promise<ShardLease[]> {
    if (leases.length === 0) return [];
    const validUntilMs = this.monotonicMs() + LEASE_MS;
    const rows = await this.db.query<{ shard: number; token: number }>(
      `UPDATE messaging.outbox_shards held SET lease_until = now() + $3 * interval '1 millisecond'
         FROM unnest($1::smallint[], $2::bigint[]) AS mine (shard, token)
        WHERE held.shard = mine.shard AND held.lease_token = mine.token
       RETURNING held.shard, held.lease_token AS token`,
      [leases.map(({ shard }) => shard), leases.map(({ token }) => token), LEASE_MS],
    );
    return rows.map((row) => ({ ...row, validUntilMs }));
  }

  /** Gives shards back so that another relay need not wait for their end. */
  async release(leases: readonly ShardLease[]): Promise<void> {
    await this.db.query(
      `UPDATE messaging.outbox_shards held SET lease_owner = NULL, lease_until = NULL
         FROM unnest($1::smallint[], $2::bigint[]) AS mine (shard, token)
        WHERE held.shard = mine.shard AND held.lease_token = mine.token`,
      [leases.map(({ shard }) => shard), leases.map(({ token }) => token)],
    );
  }

  /** Whether enough of the lease is left to begin a send under it. */
  isFresh(lease: ShardLease): boolean {
    return lease.validUntilMs - this.monotonicMs() > LEASE_MS / 3;
  }
}
