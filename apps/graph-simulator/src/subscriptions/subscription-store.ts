import type { RecordLog } from '../persistence/record-log.js';
import type { Subscription } from './subscription.js';

export type SubscriptionRecord =
  | { readonly t: 'subscription'; readonly subscription: Subscription }
  | { readonly t: 'subscriptionGone'; readonly id: string }
  | { readonly t: 'delivered'; readonly id: string; readonly seq: number };

/** The subscriptions of the tenant. Expired ones disappear silently, as they do in Graph for users and groups. */
export class SubscriptionStore {
  readonly #log: RecordLog;
  readonly #now: () => number;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(log: RecordLog, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  replay(record: SubscriptionRecord): void {
    switch (record.t) {
      case 'subscription':
        this.#subscriptions.set(record.subscription.id, record.subscription);
        return;
      case 'subscriptionGone':
        this.#subscriptions.delete(record.id);
        return;
      case 'delivered': {
        const subscription = this.#subscriptions.get(record.id);
        if (subscription && record.seq > subscription.deliveredSeq)
          this.#subscriptions.set(record.id, { ...subscription, deliveredSeq: record.seq });
        return;
      }
    }
  }

  save(subscription: Subscription): void {
    this.#write({ t: 'subscription', subscription });
  }

  remove(id: string): boolean {
    if (!this.find(id)) return false;
    this.#write({ t: 'subscriptionGone', id: id.toLowerCase() });
    return true;
  }

  markDelivered(id: string, seq: number): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription && seq > subscription.deliveredSeq) this.#write({ t: 'delivered', id, seq });
  }

  find(id: string): Subscription | undefined {
    const subscription = this.#subscriptions.get(id.toLowerCase());
    return subscription && subscription.expiresAt > this.#now() ? subscription : undefined;
  }

  live(): Subscription[] {
    return [...this.#subscriptions.values()].filter((subscription) => subscription.expiresAt > this.#now());
  }

  #write(record: SubscriptionRecord): void {
    this.#log.append(record);
    this.replay(record);
  }
}
