import { randomUUID } from 'node:crypto';
import { systemClock, type Clock, type Log } from '#contracts';
import type { Database, NotificationListener } from '#database';
import type { LogPublisher } from '../log-engine.js';
import { noMetrics, type MessagingMetrics } from '../metrics.js';
import { OUTBOX_CHANNEL } from '../outbox/outbox-record.js';
import { Signal } from '../signal.js';
import { ShardLeases, type ShardLease } from './shard-leases.js';
import { shardsWithRows } from './shard-outbox.js';
import { ShardRelay } from './shard-relay.js';

export interface OutboxRelayOptions {
  readonly db: Database;
  readonly publisher: LogPublisher;
  readonly listener: Pick<NotificationListener, 'on'>;
  readonly log: Log;
  readonly clock?: Clock;
  readonly metrics?: MessagingMetrics;
}

/** The net under NOTIFY, and how often leases are renewed and free shards claimed. */
const LOOK_MS = 1000;

/**
 * Moves committed facts from the outbox to the log. Every process may run one: they share the shards by lease. Waits without
 * bound for a database or a log that is away.
 */
export class OutboxRelay {
  private readonly leases: ShardLeases;
  private readonly shards = new Map<number, ShardRelay>();
  private readonly signal = new Signal();
  private readonly stopping = new AbortController();
  private ended: Promise<void> | undefined;

  constructor(private readonly options: OutboxRelayOptions) {
    this.leases = new ShardLeases(options.db, randomUUID());
  }

  start(): void {
    this.ended ??= this.run();
  }

  /** Finishes the sends in flight and gives the shards back, so that another relay goes on at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.signal.raise();
    await this.ended;
  }

  private async run(): Promise<void> {
    const unlisten = this.options.listener.on(OUTBOX_CHANNEL, (payload) => this.wake(payload));
    const isStopping = () => this.stopping.signal.aborted;
    while (!isStopping()) {
      await this.look().catch((error: unknown) => this.options.log.debug({ err: error }, 'the outbox cannot be looked at'));
      if (!isStopping()) await this.signal.wait(LOOK_MS);
    }
    unlisten();
    await this.giveBack();
  }

  private wake(payload: string): void {
    const named = payload === '' ? [...this.shards.keys()] : payload.split(',').map(Number);
    for (const shard of named) this.shards.get(shard)?.wake();
  }

  private async look(): Promise<void> {
    const held = [...this.shards.values()].map(({ lease }) => lease);
    const renewed = await this.leases.renew(held);
    await this.adopt(renewed, await this.leases.claimFree());
    for (const shard of await shardsWithRows(this.options.db, [...this.shards.keys()])) this.shards.get(shard)?.wake();
  }

  private async adopt(renewed: readonly ShardLease[], claimed: readonly ShardLease[]): Promise<void> {
    const kept = new Map(renewed.map((lease) => [lease.shard, lease]));
    for (const [shard, relay] of this.shards) {
      const lease = kept.get(shard);
      if (lease !== undefined) {
        relay.lease = lease;
        continue;
      }
      this.options.log.warn({ shard }, 'the lease of an outbox shard was lost to another relay');
      this.shards.delete(shard);
      await relay.stop();
    }
    for (const lease of claimed) this.shards.set(lease.shard, this.startShard(lease));
  }

  private startShard(lease: ShardLease): ShardRelay {
    const { db, publisher, log, clock = systemClock, metrics = noMetrics } = this.options;
    return new ShardRelay({ db, publisher, leases: this.leases, log, clock, metrics }, lease);
  }

  private async giveBack(): Promise<void> {
    const relays = [...this.shards.values()];
    await Promise.all(relays.map((relay) => relay.stop()));
    await this.leases.release(relays.map(({ lease }) => lease)).catch(() => undefined);
  }
}
