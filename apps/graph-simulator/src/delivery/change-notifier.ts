import type { Simulation } from '../simulation.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { SubscriptionStore } from '../subscriptions/subscription-store.js';
import type { JournalEntry } from '../tenant/change.js';
import { notificationsFor, type PendingNotification } from './change-notification.js';
import { DeliveryMarks } from './delivery-marks.js';
import type { NotificationSender } from './notification-sender.js';

const MOST_ITEMS_PER_POST = 50;

/**
 * From a write to the POSTs: who is told, when, how often and in which company. Notifications for one URL that wait at the
 * same time travel together. What was not delivered when the process ended is told again after the next start.
 */
export class ChangeNotifier {
  readonly #waiting = new Map<string, PendingNotification[]>();
  readonly #paused: { readonly pending: PendingNotification; readonly since: number }[] = [];
  readonly #marks: DeliveryMarks;

  constructor(
    private readonly simulation: Simulation,
    private readonly store: SubscriptionStore,
    private readonly sender: NotificationSender,
    private readonly random: () => number,
  ) {
    this.#marks = new DeliveryMarks((id, seq) => store.markDelivered(id, seq));
  }

  /** Tells every subscription what it has not been told yet; called once at start. */
  resume(): void {
    const { journal } = this.simulation.tenant;
    for (const subscription of this.store.live())
      this.#tell(subscription, [...journal.between(subscription.deliveredSeq, journal.head)]);
  }

  onWrite(entries: readonly JournalEntry[]): void {
    for (const subscription of this.store.live()) this.#tell(subscription, entries);
  }

  /** A renewed or reauthorised subscription gets what had to wait, unless it waited too long. */
  onSubscriptionChanged(subscription: Subscription): void {
    const held = this.#paused.filter(({ pending }) => pending.subscriptionId === subscription.id);
    for (const entry of held) {
      this.#paused.splice(this.#paused.indexOf(entry), 1);
      if (entry.since + this.simulation.behaviours().retryForMs > this.simulation.clock.now()) this.#enqueue(entry.pending);
      else this.#marks.settle(entry.pending);
    }
  }

  #tell(subscription: Subscription, entries: readonly JournalEntry[]): void {
    for (const pending of notificationsFor(this.simulation, subscription, entries)) {
      this.#marks.begin(pending);
      for (let copy = 0; copy < this.simulation.behaviours().notificationsPerChange; copy++) this.#dispatch(pending);
    }
  }

  #dispatch(pending: PendingNotification): void {
    const { faults, clock, behaviours } = this.simulation;
    const id = /\/([0-9a-f-]{36})/.exec(String(pending.item['resource']))?.[1];
    const occasion = {
      subscription: pending.subscriptionId,
      path: pending.url,
      tenant: this.simulation.tenantId,
      ...(id === undefined ? {} : { group: id }),
    };
    if (faults.hit('subscriptionVanished', occasion)) {
      this.store.remove(pending.subscriptionId);
      return this.#marks.settle(pending);
    }
    if (faults.hit('notificationLost', occasion)) return this.#marks.settle(pending);
    if (faults.hit('notificationDoubled', occasion)) this.#enqueue(pending);
    const late = faults.hit('notificationLate', occasion)?.ms ?? 0;
    const shuffled = faults.hit('notificationReordered', occasion)?.windowMs ?? 0;
    const endpoint = this.sender.stateOf(pending.url);
    if (endpoint === 'drop') return this.#marks.settle(pending);
    const delayMs = late + Math.floor(shuffled * this.random()) + (endpoint === 'slow' ? behaviours().endpointWindowMs : 0);
    if (delayMs === 0) this.#enqueue(pending);
    else clock.after(delayMs, () => this.#enqueue(pending));
  }

  #enqueue(pending: PendingNotification): void {
    const queue = this.#waiting.get(pending.url);
    if (queue) {
      queue.push(pending);
      return;
    }
    this.#waiting.set(pending.url, [pending]);
    this.simulation.clock.after(this.simulation.behaviours().notificationDelayMs, () => this.#flush(pending.url));
  }

  #flush(url: string): void {
    const queue = this.#waiting.get(url) ?? [];
    this.#waiting.delete(url);
    const sendable = queue.filter((pending) => this.#maySend(pending));
    for (let at = 0; at < sendable.length; at += MOST_ITEMS_PER_POST) {
      const batch = sendable.slice(at, at + MOST_ITEMS_PER_POST);
      const items = batch.map(({ item }) => item);
      this.sender.send(url, items, () => {
        for (const pending of batch) this.#marks.settle(pending);
      });
    }
  }

  #maySend(pending: PendingNotification): boolean {
    const { clock, behaviours } = this.simulation;
    const subscription = this.store.find(pending.subscriptionId);
    if (!subscription) return false;
    if (!behaviours().pauseOnTokenExpiry || subscription.tokenExpiresAt > clock.now()) return true;
    this.#paused.push({ pending, since: clock.now() });
    return false;
  }
}
