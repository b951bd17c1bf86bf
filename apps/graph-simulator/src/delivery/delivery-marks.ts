import type { PendingNotification } from './change-notification.js';

/**
 * How far each subscription has been served. The mark never passes something that is still on its way, whatever the order
 * in which answers come.
 */
export class DeliveryMarks {
  readonly #open = new Map<string, PendingNotification[]>();

  constructor(private readonly mark: (subscriptionId: string, seq: number) => void) {}

  begin(pending: PendingNotification): void {
    const open = this.#open.get(pending.subscriptionId);
    if (open) open.push(pending);
    else this.#open.set(pending.subscriptionId, [pending]);
  }

  /** Delivered, or given up. Settling twice is harmless. */
  settle(pending: PendingNotification): void {
    const open = this.#open.get(pending.subscriptionId) ?? [];
    const index = open.indexOf(pending);
    if (index === -1) return;
    open.splice(index, 1);
    const oldest = open.reduce((least, each) => Math.min(least, each.seq), Infinity);
    this.mark(pending.subscriptionId, oldest === Infinity ? pending.seq : Math.min(pending.seq, oldest - 1));
  }
}
