import type { Behaviours, BehavioursInput } from '../faults/behaviours.js';
import { behavioursSchema } from '../faults/behaviours.js';
import type { ActiveFault, FaultInput } from '../faults/fault.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { DeliveryRecord, NotificationSender } from '../delivery/notification-sender.js';
import type { LifecycleNotifier } from '../delivery/lifecycle-notifier.js';
import type { Administrator, Administrators, NewAdministrator } from '../sign-in/administrators.js';
import type { RequestCounters } from '../http/request-counters.js';
import type { RecordLog } from '../persistence/record-log.js';
import type { SimulatedClock } from '../time/simulated-clock.js';
import { presentSubscription } from '../subscriptions/subscription.js';
import type { SubscriptionStore } from '../subscriptions/subscription-store.js';
import type { AppRegistration, AppRegistrations, ClientSecret } from '../tokens/app-registrations.js';
import { DirectoryControl, type DirectoryParts } from './directory-control.js';

export interface ControlParts extends DirectoryParts {
  readonly apps: AppRegistrations;
  readonly defaultClientId: string;
  readonly faults: FaultInjector;
  readonly behaviours: { current: Behaviours };
  readonly clock: SimulatedClock;
  readonly log: RecordLog;
  readonly counters: RequestCounters;
  readonly subscriptions: SubscriptionStore;
  readonly sender: NotificationSender;
  readonly lifecycle: LifecycleNotifier;
  readonly administrators: Administrators;
}

/**
 * The administrator's and the storm's hands: everything that happens in a tenant beside what Graph's callers do. The JSON API
 * and the page offer the same operations. Applications default to the seeded one.
 */
export class SimulatorControl extends DirectoryControl {
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    super(parts);
    this.#parts = parts;
  }

  /** Returns the fault's id. */
  setFault(fault: FaultInput): string {
    return this.#parts.faults.set(fault);
  }

  /** By id, all of a kind, or all. */
  clearFaults(which?: string): void {
    this.#parts.faults.clear(which);
  }

  listFaults(): ActiveFault[] {
    return this.#parts.faults.list();
  }

  behaviours(): Behaviours {
    return this.#parts.behaviours.current;
  }

  /** Changes some switches, leaves the others. */
  setBehaviours(changes: BehavioursInput): Behaviours {
    this.#parts.behaviours.current = behavioursSchema.parse({ ...this.#parts.behaviours.current, ...changes });
    return this.#parts.behaviours.current;
  }

  now(): Date {
    return new Date(this.#parts.clock.now());
  }

  /** Moves the simulated clock forward and runs everything that becomes due. */
  advanceClock(ms: number): void {
    this.#parts.clock.advance(ms);
    this.#parts.log.append({ t: 'clock', offsetMs: this.#parts.clock.offsetMs });
  }

  requestCounts(): Record<string, Record<number, number>> {
    return this.#parts.counters.read();
  }

  resetRequestCounts(): void {
    this.#parts.counters.reset();
  }

  listSubscriptions(): Record<string, unknown>[] {
    return this.#parts.subscriptions.live().map((each) => presentSubscription(each, { hideClientState: false }));
  }

  /** It vanishes without a word; false when there is none. */
  dropSubscription(id: string): boolean {
    return this.#parts.subscriptions.remove(id);
  }

  /** POSTs, newest first. */
  recentDeliveries(): DeliveryRecord[] {
    return this.#parts.sender.recent();
  }

  /** Sends a `value` list as it is, for foreign ids and wrong client states. */
  sendNotification(url: string, items: readonly Readonly<Record<string, unknown>>[]): void {
    this.#parts.sender.send(url, items, () => undefined);
  }

  /** To one subscription, or to all. Returns to how many. */
  sendLifecycle(event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed', subscriptionId?: string): number {
    const chosen = this.#parts.subscriptions.live().filter((each) => subscriptionId === undefined || each.id === subscriptionId);
    for (const subscription of chosen) this.#parts.lifecycle.notify(subscription, event);
    return chosen.length;
  }

  listApps(): AppRegistration[] {
    return this.#parts.apps.list();
  }

  createApp(displayName: string, roles: readonly string[]): AppRegistration {
    return this.#parts.apps.create(displayName, roles);
  }

  /** Takes effect with the next token, as in Entra. For at once, set the fault `consentRevoked`. */
  setConsent(roles: readonly string[], clientId = this.#parts.defaultClientId): void {
    this.#parts.apps.setConsent(clientId, roles);
  }

  /** Removes the enterprise application: Graph answers 401 Authorization_IdentityNotFound at once. */
  withdrawConsent(clientId = this.#parts.defaultClientId): void {
    this.#parts.apps.withdrawConsent(clientId);
  }

  setAppDisabled(isDisabled: boolean, clientId = this.#parts.defaultClientId): void {
    this.#parts.apps.setDisabled(clientId, isDisabled);
  }

  expireSecret(clientId = this.#parts.defaultClientId): void {
    this.#parts.apps.expireSecrets(clientId);
  }

  /** A new secret; the old ones end at once unless `keepOld`. */
  rotateSecret(options: { readonly keepOld?: boolean } = {}, clientId = this.#parts.defaultClientId): ClientSecret {
    return this.#parts.apps.addSecret(clientId, { keepOld: options.keepOld ?? false });
  }

  /** Who can sign in to the tenant's applications. */
  listAdministrators(): Administrator[] {
    return this.#parts.administrators.list();
  }

  addAdministrator(administrator: NewAdministrator): Administrator {
    return this.#parts.administrators.add(administrator);
  }

  /** By id or user principal name; takes effect with the next sign-in. */
  setAdministratorClaims(
    name: string,
    claims: { readonly roles?: readonly string[]; readonly wids?: readonly string[] },
  ): Administrator {
    return this.#parts.administrators.setClaims(name, claims);
  }
}
