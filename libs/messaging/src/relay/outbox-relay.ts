import { randomUUID } from 'node:crypto';
import { systemClock, type Clock, type Log } from '#contracts';
import type { Database, NotificationListener } from '#database';
import { withDeadline } from '../deadline.js';
import { LogUnavailableError } from '../errors.js';
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
  /** The log's name in traces. */
  readonly system?: string;
}

/** The net under NOTIFY, and how often leases are renewed and free shards claimed. */
const LOOK_MS = 1000;
const STOP_DEADLINE_MS = 3_000;

/**
 * Moves committed facts from the outbox to the log. Every process may run one: they share the shards by lease. Waits without
 * bound for a database or a log that is away.
 */
export class OutboxRelay {
  private readonly leases: ShardLeases;
  private readonly shards = new Map<number, ShardRelay>();
  private readonly ending = new Map<number, Promise<void>>();
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
    this.dropLost(renewed);
    for (const lease of await this.leases.claimFree()) this.shards.set(lease.shard, this.startShard(lease));
    for (const shard of await shardsWithRows(this.options.db, [...this.shards.keys()])) this.shards.get(shard)?.wake();
  }

  /** A send in flight is not waited for here: the leases of the other shards must be renewed meanwhile. */
  private dropLost(renewed: readonly ShardLease[]): void {
    const kept = new Map(renewed.map((lease) => [lease.shard, lease]));
    for (const [shard, relay] of this.shards) {
      const lease = kept.get(shard);
      if (lease !== undefined) {
        relay.lease = lease;
        continue;
      }
      this.options.log.warn({ shard }, 'the lease of an outbox shard was lost to another relay');
      this.shards.delete(shard);
      this.ending.set(shard, relay.stop());
    }
  }

  private startShard(lease: ShardLease): ShardRelay {
    const { db, publisher, log, clock = systemClock, metrics = noMetrics, system = 'log' } = this.options;
    const options = { db, publisher, leases: this.leases, log, clock, metrics, system };
    return new ShardRelay(options, lease, this.ending.get(lease.shard));
  }

  private async giveBack(): Promise<void> {
    const relays = [...this.shards.values()];
    const late = () => new LogUnavailableError(`a send was still in flight after ${STOP_DEADLINE_MS} ms`);
    try {
      await withDeadline(Promise.all([...relays.map((relay) => relay.stop()), ...this.ending.values()]), STOP_DEADLINE_MS, late);
      await this.leases.release(relays.map(({ lease }) => lease));
    } catch (error) {
      this.options.log.warn({ err: error }, 'the outbox shards were not given back; their leases run out by themselves');
    }
  }
}
