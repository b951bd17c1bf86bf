import { request, type Dispatcher } from 'undici';
import type { Behaviours } from '../faults/behaviours.js';
import type { SimulatedClock } from '../time/simulated-clock.js';
import { EndpointHealth, type EndpointState } from './endpoint-health.js';
import type { NotificationItem } from './change-notification.js';

/** What became of one POST, for the control page and for tests. */
export interface DeliveryRecord {
  readonly at: string;
  readonly url: string;
  readonly items: readonly NotificationItem[];
  readonly attempt: number;
  /** HTTP status, or what went wrong instead of an answer. */
  readonly outcome: number | string;
}

export type Settled = (result: 'delivered' | 'givenUp') => void;

const LONGEST_RETRY_MS = 15 * 60_000;
const REMEMBERED = 200;

/** Posts notifications and repeats what was not taken, with growing pauses, for four hours. */
export class NotificationSender {
  readonly #health = new Map<string, EndpointHealth>();
  readonly #records: DeliveryRecord[] = [];
  readonly #running = new Set<Promise<void>>();
  #isStopped = false;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly dispatcher: Dispatcher,
    private readonly behaviours: () => Behaviours,
  ) {}

  send(url: string, items: readonly NotificationItem[], settled: Settled): void {
    this.#attempt({ url, items, settled, startedAt: this.clock.now(), attempt: 1 });
  }

  stateOf(url: string): EndpointState {
    return this.#healthOf(url).state(this.clock.now());
  }

  /** Newest first. */
  recent(): DeliveryRecord[] {
    return this.#records.toReversed();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled(this.#running);
  }

  #attempt(delivery: Delivery): void {
    if (this.#isStopped) return;
    const running = this.#post(delivery).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #post(delivery: Delivery): Promise<void> {
    const behaviours = this.behaviours();
    const began = performance.now();
    const limitMs = delivery.attempt === 1 ? behaviours.firstAttemptTimeoutMs : behaviours.retryTimeoutMs;
    const outcome = await this.#ask(delivery, limitMs);
    this.#healthOf(delivery.url).record(this.clock.now(), performance.now() - began, behaviours);
    this.#remember(delivery, outcome);
    if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) return delivery.settled('delivered');
    const pauseMs = Math.min(behaviours.firstRetryMs * 2 ** (delivery.attempt - 1), LONGEST_RETRY_MS);
    if (this.clock.now() + pauseMs > delivery.startedAt + behaviours.retryForMs) return delivery.settled('givenUp');
    this.clock.after(pauseMs, () => this.#attempt({ ...delivery, attempt: delivery.attempt + 1 }));
  }

  async #ask({ url, items }: Delivery, limitMs: number): Promise<number | string> {
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ value: items }),
        dispatcher: this.dispatcher,
        signal: AbortSignal.timeout(limitMs),
      });
      await response.body.dump();
      return response.statusCode;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }

  #healthOf(url: string): EndpointHealth {
    const key = new URL(url).host;
    const known = this.#health.get(key);
    if (known) return known;
    const fresh = new EndpointHealth();
    this.#health.set(key, fresh);
    return fresh;
  }

  #remember({ url, items, attempt }: Delivery, outcome: number | string): void {
    this.#records.push({ at: new Date(this.clock.now()).toISOString(), url, items, attempt, outcome });
    if (this.#records.length > REMEMBERED) this.#records.shift();
  }
}

interface Delivery {
  readonly url: string;
  readonly items: readonly NotificationItem[];
  readonly settled: Settled;
  readonly startedAt: number;
  readonly attempt: number;
}
