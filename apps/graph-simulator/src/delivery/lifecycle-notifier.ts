import type { Subscription } from '../subscriptions/subscription.js';
import type { SubscriptionStore } from '../subscriptions/subscription-store.js';
import type { SimulatedClock } from '../time/simulated-clock.js';
import { offsetTime } from './change-notification.js';
import type { NotificationSender } from './notification-sender.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds until the next `reauthorizationRequired` for a token, or a subscription, that lives `remainingMs` more. */
export function untilReauthorizationMs(remainingMs: number): number {
  if (remainingMs > 3 * HOUR_MS) return remainingMs * 0.75;
  if (remainingMs > HOUR_MS) return remainingMs / 2;
  return 15 * MINUTE_MS;
}

/** Reminds subscribers in time to reauthorise, again and again until they do. Users and groups get no other lifecycle event. */
export class LifecycleNotifier {
  readonly #cancel = new Map<string, () => void>();

  constructor(
    private readonly store: SubscriptionStore,
    private readonly sender: NotificationSender,
    private readonly clock: SimulatedClock,
    private readonly tenantId: string,
  ) {}

  resume(): void {
    for (const subscription of this.store.live()) this.schedule(subscription);
  }

  schedule(subscription: Subscription): void {
    this.#cancel.get(subscription.id)?.();
    if (subscription.lifecycleNotificationUrl === null) return;
    const remainingMs = Math.min(subscription.tokenExpiresAt, subscription.expiresAt) - this.clock.now();
    const cancel = this.clock.after(untilReauthorizationMs(remainingMs), () => {
      const current = this.store.find(subscription.id);
      if (!current) return;
      this.notify(current, 'reauthorizationRequired');
      this.schedule(current);
    });
    this.#cancel.set(subscription.id, cancel);
  }

  notify(subscription: Subscription, lifecycleEvent: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'): void {
    if (subscription.lifecycleNotificationUrl === null) return;
    const item = {
      lifecycleEvent,
      subscriptionId: subscription.id,
      subscriptionExpirationDateTime: offsetTime(subscription.expiresAt),
      tenantId: this.tenantId,
      clientState: subscription.clientState,
    };
    this.sender.send(subscription.lifecycleNotificationUrl, [item], () => undefined);
  }
}
